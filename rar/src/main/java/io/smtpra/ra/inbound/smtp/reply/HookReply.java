package io.smtpra.ra.inbound.smtp.reply;

import io.smtpra.EnhancedStatusCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;

/**
 * Translates between our replies and what James' hooks and handlers say: a code, and a text that may begin with an
 * enhanced status code. What comes from outside leaves with no control character, and with an enhanced status code
 * (RFC 2034) where its code has one.
 */
public final class HookReply {

    private static final Pattern ENHANCED =
            Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: +|$)(.*)", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("[245]\\d\\d");
    private static final Pattern REFUSAL = Pattern.compile("[45]\\d\\d");

    private HookReply() {}

    /** The refusal, as a hook says it. */
    public static HookResult refusal(SmtpReply reply) {
        Action action = reply.isPermanentRefusal() ? Action.DENY : Action.DENYSOFT;
        String status = reply.enhancedStatusCode().map(code -> code + " ").orElse("");
        return HookResult.builder()
                .hookReturnCode(reply.isEndSession()
                        ? HookReturnCode.disconnected(action) : HookReturnCode.connected(action))
                .smtpReturnCode(reply.getRetCode())
                .smtpDescription(status + String.join("\n", reply.texts()))
                .build();
    }

    /**
     * What a hook's result says to the client, with James' own codes and texts where the hook chose none.
     *
     * @return the reply; absent where the result is no answer: declined, and nothing about the connection
     */
    public static Optional<SmtpReply> of(HookResult result) {
        SMTPResponse response = AbstractHookableCmdHandler.calcDefaultSMTPResponse(result);
        if (response == null) {
            return Optional.empty();
        }
        int fallback = result.getResult().getAction() == Action.DENYSOFT ? 451
                : result.getResult().getAction() == Action.OK ? 250 : 554;
        boolean fits = CODE.matcher(response.getRetCode()).matches()
                && (response.getRetCode().charAt(0) == '2') == (fallback == 250);
        SmtpReply reply = reply(fits ? Integer.parseInt(response.getRetCode()) : fallback, texts(response));
        return Optional.of(response.isEndSession() ? reply.closing() : reply);
    }

    /**
     * A refusal where the command has a standard one of its own.
     *
     * @param standard what holds where the hook chose no code, none that refuses, or no text
     */
    public static SmtpReply of(HookResult refusal, SmtpReply standard) {
        String code = Optional.ofNullable(refusal.getSmtpRetCode())
                .filter(said -> REFUSAL.matcher(said).matches()).orElse(standard.getRetCode());
        SmtpReply reply = reply(Integer.parseInt(code), Optional.ofNullable(refusal.getSmtpDescription())
                .map(text -> Arrays.asList(text.split("\n", -1))).orElse(standard.texts()));
        return refusal.getResult().isDisconnected() ? reply.closing() : reply;
    }

    /** The answer of a handler that is not ours; itself, where it only ends the connection, without a word. */
    public static Response adopted(Response response) {
        if (response.getLines().isEmpty() || !response.getRetCode().matches("[2-5]\\d\\d")) {
            return response;
        }
        SmtpReply reply = reply(Integer.parseInt(response.getRetCode()), texts(response));
        return response.isEndSession() ? reply.closing() : reply;
    }

    /** The texts of a response, whose lines each begin with the code. */
    private static List<String> texts(Response response) {
        List<String> texts = new ArrayList<>();
        for (CharSequence line : response.getLines()) {
            String text = line.toString();
            boolean coded = text.startsWith(response.getRetCode());
            String rest = coded ? text.substring(Math.min(text.length(), response.getRetCode().length() + 1)) : text;
            texts.addAll(Arrays.asList(rest.split("\n", -1)));
        }
        return texts;
    }

    private static SmtpReply reply(int code, List<String> texts) {
        if (code / 100 == 3) {
            // RFC 2034 section 4
            return SmtpReply.cleaned(code, Optional.empty(), texts);
        }
        Matcher first = ENHANCED.matcher(texts.get(0));
        if (!first.matches()) {
            return SmtpReply.cleaned(code, Optional.of(standard(code)), texts);
        }
        List<String> rest = texts.stream()
                .map(text -> text.replaceFirst("^[245]\\.\\d{1,3}\\.\\d{1,3}( +|$)", "")).toList();
        EnhancedStatusCode said = EnhancedStatusCode.parse(first.group(1));
        // RFC 2034 section 4: the class is the code's first digit
        return SmtpReply.cleaned(code,
                Optional.of(new EnhancedStatusCode(code / 100, said.subject(), said.detail())), rest);
    }

    /**
     * What holds where a hook says nothing: it is a matter of policy (RFC 3463 section 3.8), but for those codes that
     * are of AUTH alone (RFC 4954 section 6).
     */
    private static EnhancedStatusCode standard(int code) {
        return switch (code) {
            case 454 -> new EnhancedStatusCode(4, 7, 0);
            case 535 -> new EnhancedStatusCode(5, 7, 8);
            default -> code < 300 ? new EnhancedStatusCode(2, 0, 0) : new EnhancedStatusCode(code / 100, 7, 1);
        };
    }
}
