package io.smtpra.ra.client.transfer;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;

/**
 * Sends content by BDAT (RFC 3030): its length goes first, and nothing is stuffed. It is one chunk, since its length is
 * known, and since there are servers that take a second for the answer to each chunk but the last.
 */
final class BdatContent implements ContentSink {

    private final Conversation conversation;
    private final long size;
    private long sent;

    BdatContent(Conversation conversation, long size) {
        this.conversation = conversation;
        this.size = size;
    }

    void begin() throws SmtpException {
        conversation.beginContent();
        conversation.say(Phase.DATA, "BDAT " + size + " LAST");
    }

    @Override
    public void put(byte[] octets, int offset, int count) throws SmtpException {
        sent += count;
        if (sent > size) {
            throw changed();
        }
        conversation.content(octets, offset, count);
    }

    /** The reply to the whole. */
    Reply end() throws SmtpException {
        if (sent != size) {
            throw changed();
        }
        if (conversation.transcript().isOn()) {
            conversation.transcript().content(size);
        }
        conversation.flush(Phase.DATA, conversation.timeouts().dataBlock());
        Reply reply = conversation.hear(Phase.END_OF_DATA, conversation.timeouts().endOfData());
        switch (reply.code()) {
            case 500, 502, 503 -> throw conversation.misunderstood(Phase.END_OF_DATA, reply);
            default -> {
                if (!reply.isPositive()) {
                    resetAfterRefusal();
                }
                return reply;
            }
        }
    }

    /** RFC 3030 section 2: what the state is then, nobody knows. */
    private void resetAfterRefusal() {
        try {
            conversation.reset();
        } catch (SmtpException e) {
            // The connection is gone, and says so itself; what counts for the mail is why it was refused.
        }
    }

    /** The next hop waits for octets that there are not, or would take those above its length for commands. */
    private SmtpException changed() {
        conversation.abort();
        return new SmtpException(Phase.DATA, "The content cannot be read: it has another length than at first", false, null);
    }
}
