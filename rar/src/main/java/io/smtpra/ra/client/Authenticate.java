package io.smtpra.ra.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.TlsFacts;
import io.smtpra.ra.client.net.Conversation;
import io.smtpra.ra.client.net.Harmless;
import io.smtpra.ra.client.transfer.ServerExtensions;
import io.smtpra.ra.sasl.AuthCredentials;
import io.smtpra.ra.sasl.AuthMechanism;
import io.smtpra.ra.sasl.BearerMechanism;
import io.smtpra.ra.sasl.ChannelBinding;
import io.smtpra.ra.sasl.ClientMechanism;
import io.smtpra.ra.sasl.ExternalMechanism;
import io.smtpra.ra.sasl.LoginMechanism;
import io.smtpra.ra.sasl.PlainMechanism;
import io.smtpra.ra.sasl.SaslException;
import io.smtpra.ra.sasl.ScramMechanism;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Proves who we are (RFC 4954). */
final class Authenticate {

    /** RFC 4954 section 4: an initial response is sent only if the command with it is no longer than a command line. */
    private static final int MAX_COMMAND = 510;

    private static final Set<AuthMechanism> SCRAM =
            EnumSet.of(AuthMechanism.SCRAM_SHA_256_PLUS, AuthMechanism.SCRAM_SHA_256);

    /** No mechanism of ours needs more. */
    private static final int MAX_CHALLENGES = 8;

    private final Conversation conversation;
    private final ClientConfig config;
    private final ServerExtensions offered;
    private final AuthCredentials credentials;

    private Authenticate(Conversation conversation, ClientConfig config, ServerExtensions offered,
            AuthCredentials credentials) {
        this.conversation = conversation;
        this.config = config;
        this.offered = offered;
        this.credentials = credentials;
    }

    static void with(AuthCredentials credentials, Conversation conversation, ClientConfig config,
            ServerExtensions offered) throws SmtpException {
        new Authenticate(conversation, config, offered, credentials).run();
    }

    private void run() throws SmtpException {
        if (conversation.tls().isEmpty() && !config.auth().allowPlainText()) {
            throw failure("The connection to " + conversation.peer()
                    + " is in plain text, where credentials must not be shown", null);
        }
        Set<AuthMechanism> refused = EnumSet.noneOf(AuthMechanism.class);
        boolean triedWeaker = false;
        while (true) {
            AuthMechanism mechanism = choose(refused);
            Reply reply = exchange(mechanism);
            if (reply.code() == 235) {
                return;
            }
            refused.add(mechanism);
            // RFC 4954 section 6. 504: not known after all; 534: too weak for this user. Another one may do.
            boolean another = reply.code() == 504 || reply.code() == 534;
            if (reply.code() == 535 && mechanism.isScram() && !triedWeaker) {
                // A server may know SCRAM, and yet have no secret for it of this user. Each try counts as a failed one.
                triedWeaker = true;
                another = true;
                refused.addAll(SCRAM);
            }
            if (!another || first(refused).isEmpty()) {
                throw new SmtpException(Phase.AUTHENTICATE, conversation.peer() + " refused to authenticate by "
                        + mechanism.saslName(), reply, List.of());
            }
        }
    }

    private AuthMechanism choose(Set<AuthMechanism> refused) throws SmtpException {
        Optional<AuthMechanism> chosen = first(refused);
        if (chosen.isPresent()) {
            return chosen.get();
        }
        if (offered.authMechanisms().isEmpty()) {
            throw failure(conversation.peer() + " does not offer AUTH, and there are credentials", null);
        }
        if (usable().findAny().isPresent()) {
            throw failure("The certificate of " + conversation.peer() + " was not checked, and it offers no mechanism "
                    + "that would not show it the credentials: that takes certificateCheck=chainAndHost, or else "
                    + "credentialsToUnverifiedPeer=true", null);
        }
        throw failure(
                conversation.peer() + " offers no mechanism that is allowed and fits the credentials", null);
    }

    private Optional<AuthMechanism> first(Set<AuthMechanism> refused) {
        return usable().filter(mechanism -> !refused.contains(mechanism)).filter(this::isSafe).findFirst();
    }

    private Stream<AuthMechanism> usable() {
        return config.auth().mechanisms().stream()
                .filter(mechanism -> offered.authMechanisms().contains(mechanism.saslName()))
                .filter(this::fits);
    }

    /** Whoever may authenticate in plain text may do so here: that was looked at before. */
    private boolean isSafe(AuthMechanism mechanism) {
        return !mechanism.showsCredentials()
                || config.auth().allowUnverifiedPeer()
                || conversation.tls().map(TlsFacts::peerVerified).orElse(true);
    }

    private boolean fits(AuthMechanism mechanism) {
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> credentials instanceof AuthCredentials.UserPassword
                    && ChannelBinding.of(conversation.tls()).isPresent();
            case SCRAM_SHA_256, PLAIN, LOGIN -> credentials instanceof AuthCredentials.UserPassword;
            case EXTERNAL -> credentials instanceof AuthCredentials.ClientCertificate;
            case OAUTHBEARER, XOAUTH2 -> credentials instanceof AuthCredentials.Token;
        };
    }

    private ClientMechanism start(AuthMechanism mechanism) throws SaslException {
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> new ScramMechanism((AuthCredentials.UserPassword) credentials,
                    "p=" + ChannelBinding.NAME + ",,", ChannelBinding.of(conversation.tls()).orElseThrow());
            case SCRAM_SHA_256 -> new ScramMechanism(
                    (AuthCredentials.UserPassword) credentials, withoutBinding(), new byte[0]);
            case PLAIN -> new PlainMechanism((AuthCredentials.UserPassword) credentials);
            case LOGIN -> new LoginMechanism((AuthCredentials.UserPassword) credentials);
            case EXTERNAL -> new ExternalMechanism((AuthCredentials.ClientCertificate) credentials);
            case OAUTHBEARER -> BearerMechanism.oauthBearer(
                    (AuthCredentials.Token) credentials, config.host(), config.port());
            case XOAUTH2 -> BearerMechanism.xoauth2((AuthCredentials.Token) credentials);
        };
    }

    /** RFC 5802 section 6: a server that offers no binding is told that we could, so that it sees if that was cut out. */
    private String withoutBinding() {
        boolean serverOffers = offered.authMechanisms().contains(AuthMechanism.SCRAM_SHA_256_PLUS.saslName());
        boolean weCould = config.auth().mechanisms().contains(AuthMechanism.SCRAM_SHA_256_PLUS)
                && ChannelBinding.of(conversation.tls()).isPresent();
        return weCould && !serverOffers ? "y,," : "n,,";
    }

    private Reply exchange(AuthMechanism mechanism) throws SmtpException {
        conversation.transcript().secret(true);
        try {
            ClientMechanism sasl = start(mechanism);
            Reply reply = begin(mechanism, sasl);
            for (int challenges = 0; reply.code() == 334; challenges++) {
                if (challenges == MAX_CHALLENGES) {
                    throw new SaslException("its challenges have no end");
                }
                reply = answer(reply, sasl);
            }
            if (reply.code() == 235) {
                sasl.succeeded();
            } else if (reply.isPositive()) {
                throw conversation.violated(Phase.AUTHENTICATE, "it answers AUTH with " + reply.code());
            }
            return reply;
        } catch (SaslException e) {
            conversation.abort();
            throw new SmtpException(Phase.AUTHENTICATE, "Cannot authenticate to " + conversation.peer() + " by "
                    + mechanism.saslName() + ": " + Harmless.reason(e), e.isPassing(), e);
        } finally {
            conversation.transcript().secret(false);
        }
    }

    private Reply begin(AuthMechanism mechanism, ClientMechanism sasl) throws SmtpException, SaslException {
        String command = "AUTH " + mechanism.saslName();
        Optional<String> initial = sasl.initialResponse().map(Authenticate::encode);
        if (initial.isPresent() && command.length() + 1 + initial.get().length() <= MAX_COMMAND) {
            return ask(command + " ", initial.get());
        }
        return ask(command, "");
    }

    private Reply answer(Reply challenge, ClientMechanism sasl) throws SmtpException, SaslException {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(challenge.lines().get(0).trim());
        } catch (IllegalArgumentException e) {
            // LOGIN's challenges mean nothing, and some servers send them as they are.
            decoded = new byte[0];
        }
        byte[] response = sasl.respond(decoded);
        return ask("", response.length == 0 ? "" : Base64.getEncoder().encodeToString(response));
    }

    private Reply ask(String visible, String secret) throws SmtpException {
        conversation.requireSilence(Phase.AUTHENTICATE);
        conversation.saySecret(Phase.AUTHENTICATE, visible, secret);
        conversation.flush(Phase.AUTHENTICATE, conversation.timeouts().command());
        return conversation.hear(Phase.AUTHENTICATE, conversation.timeouts().command());
    }

    /** RFC 4954 section 4: an equals sign stands for an empty initial response. */
    private static String encode(byte[] response) {
        return response.length == 0 ? "=" : Base64.getEncoder().encodeToString(response);
    }

    private static SmtpException failure(String message, Throwable cause) {
        return new SmtpException(Phase.AUTHENTICATE, message, false, cause);
    }
}
