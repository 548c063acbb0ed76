package io.smtpra.ra.inbound.smtp.command;

import io.smtpra.BodyType;
import io.smtpra.ra.inbound.listener.protocol.ContentResponse;
import io.smtpra.ra.inbound.smtp.content.ContentContext;
import io.smtpra.ra.inbound.smtp.content.ContentReception;
import io.smtpra.ra.inbound.smtp.hosting.HostedCommand;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import io.smtpra.ra.inbound.smtp.rules.BareNewlinePolicy;
import io.smtpra.ra.inbound.smtp.session.MailTransaction;
import io.smtpra.ra.inbound.smtp.session.SmtpSession;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataCmdHandler;

/** {@code DATA} (RFC 5321 section 4.1.1.4). The content is streamed into the store, whatever is in it. */
public final class DataHandler extends DataCmdHandler {

    private final ContentContext context;

    public DataHandler(ContentContext context) {
        super(HostedCommand.NO_METRICS);
        this.context = context;
    }

    /** A content does not pass line by line: there is nothing for a filter of lines to do. */
    @Override
    @SuppressWarnings("rawtypes")
    public void wireExtensions(Class type, List filters) {
        // the way in for others refuses filters of theirs
    }

    @Override
    public Response onCommand(SMTPSession hosted, Request request) {
        SmtpSession session = (SmtpSession) hosted;
        MailTransaction transaction = session.transaction().orElseThrow();
        if (!request.getArgument().isEmpty()) {
            return SmtpReplies.NO_ARGUMENT;
        }
        if (transaction.content().isPresent()) {
            return SmtpReplies.BDAT_BEGUN;
        }
        if (transaction.recipientCount() == 0) {
            return SmtpReplies.NO_RECIPIENTS;
        }
        if (transaction.sender().bodyType() == BodyType.BINARY_MIME) {
            // RFC 3030 section 3
            return SmtpReplies.BINARY_NEEDS_BDAT;
        }
        ContentReception reception = new ContentReception(context, session, transaction);
        transaction.begin(reception);
        boolean mended = context.config().bareNewline() == BareNewlinePolicy.NORMALIZE;
        return ContentResponse.untilDot(SmtpReplies.SEND_CONTENT, mended, reception);
    }
}
