package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.ra.inbound.listener.framing.ContentFaults;
import io.smtpra.ra.inbound.listener.protocol.ContentReceiver;
import io.smtpra.ra.inbound.listener.protocol.ContentResponse;
import io.smtpra.ra.inbound.smtp.content.ContentContext;
import io.smtpra.ra.inbound.smtp.content.ContentReception;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import io.smtpra.ra.inbound.smtp.rules.Extension;
import io.smtpra.ra.inbound.smtp.rules.ProtocolConfig;
import io.smtpra.ra.inbound.smtp.rules.Verb;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/**
 * {@code BDAT} (RFC 3030). Its octets follow whatever we think of it: a refused chunk is read to its length and thrown
 * away, else what it holds would be taken for commands.
 */
public final class BdatHandler implements CommandHandler<SMTPSession>, EhloExtension {

    /** More digits than a content ever has octets; with them the length still fits into a long. */
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})( +LAST)?", Pattern.CASE_INSENSITIVE);

    private final ContentContext context;

    public BdatHandler(ContentContext context) {
        this.context = context;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of(Verb.BDAT.name());
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        ProtocolConfig config = context.config();
        if (!config.isOn(Verb.BDAT)) {
            return List.of();
        }
        return config.isOn(Extension.EIGHT_BIT_MIME) ? List.of("CHUNKING", "BINARYMIME") : List.of("CHUNKING");
    }

    /** Refuses a chunk once its octets have been read. */
    public Response refuse(SmtpSession session, Request request, SmtpReply reply) {
        return Chunk.parse(request.getArgument())
                .<Response>map(chunk -> ContentResponse.chunk(chunk.length(), new Discarder(reply)))
                .orElse(SmtpReplies.BDAT_SYNTAX);
    }

    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        Optional<Chunk> parsed = Chunk.parse(request.getArgument());
        if (parsed.isEmpty()) {
            return SmtpReplies.BDAT_SYNTAX;
        }
        MailTransaction transaction = session.transaction().orElseThrow();
        if (transaction.recipientCount() == 0) {
            return refuse(session, request, SmtpReplies.NO_RECIPIENTS);
        }
        Chunk chunk = parsed.get();
        if (chunk.length() == 0 && !chunk.last()) {
            session.budget().junk();
        }
        return ContentResponse.chunk(chunk.length(), reception(session, transaction).chunk(chunk.last()));
    }

    /** What earlier chunks have begun; no other command that begins a content lets BDAT go on with it. */
    private ContentReception reception(SmtpSession session, MailTransaction transaction) {
        if (transaction.content().orElse(null) instanceof ContentReception begun) {
            return begun;
        }
        ContentReception reception = new ContentReception(context, session, transaction);
        transaction.begin(reception);
        return reception;
    }

    private record Chunk(long length, boolean last) {

        static Optional<Chunk> parse(String argument) {
            Matcher matcher = SYNTAX.matcher(argument);
            return matcher.matches()
                    ? Optional.of(new Chunk(Long.parseLong(matcher.group(1)), matcher.group(2) != null))
                    : Optional.empty();
        }
    }

    private record Discarder(SmtpReply reply) implements ContentReceiver {

        private static final CompletionStage<Void> GO_ON = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> receive(ByteBuffer octets) {
            return GO_ON;
        }

        @Override
        public CompletionStage<Response> complete(ContentFaults faults) {
            return CompletableFuture.completedFuture(reply);
        }

        @Override
        public void abort() {
            // nothing was kept
        }
    }
}
