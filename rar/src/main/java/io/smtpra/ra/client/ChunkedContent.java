package io.smtpra.ra.client;

import io.smtpra.Reply;
import io.smtpra.SmtpException;
import io.smtpra.SmtpException.Phase;
import io.smtpra.ra.client.net.Conversation;
import java.util.Optional;

/** Sends content as BDAT (RFC 3030): its length goes before each chunk, and nothing is stuffed. */
final class ChunkedContent implements ContentSink {

    /** Chunks on their way without a reply, where the next hop knows PIPELINING. */
    private static final int MAX_UNANSWERED = 8;

    private final Conversation conversation;
    private final boolean pipelining;
    private final byte[] chunk;
    private int length;
    private int unanswered;
    private boolean begun;
    private Optional<Reply> refusal = Optional.empty();

    ChunkedContent(Conversation conversation, boolean pipelining, byte[] chunk) {
        this.conversation = conversation;
        this.pipelining = pipelining;
        this.chunk = chunk;
    }

    @Override
    public void put(byte[] octets, int offset, int count) throws SmtpException {
        int from = offset;
        int left = count;
        while (left > 0 && refusal.isEmpty()) {
            if (length == chunk.length) {
                say(false);
                if (!pipelining || unanswered == MAX_UNANSWERED) {
                    hear();
                }
            }
            int part = Math.min(left, chunk.length - length);
            System.arraycopy(octets, from, chunk, length, part);
            length += part;
            from += part;
            left -= part;
        }
    }

    /** Sends the last chunk; returns the reply to the whole content, or the first refusal of a chunk. */
    Reply end() throws SmtpException {
        if (refusal.isEmpty()) {
            say(true);
        }
        while (unanswered > 1) {
            hear();
        }
        if (refusal.isEmpty()) {
            return conversation.hear(Phase.END_OF_DATA, conversation.timeouts().endOfData());
        }
        if (unanswered > 0) {
            hear();
        }
        // RFC 3030 section 2: after a refusal all chunks are refused, until RSET.
        conversation.reset();
        return refusal.get();
    }

    private void say(boolean last) throws SmtpException {
        if (!begun) {
            conversation.beginContent();
            begun = true;
        }
        conversation.say(Phase.DATA, "BDAT " + length + (last ? " LAST" : ""));
        conversation.content(chunk, 0, length);
        conversation.flush(Phase.DATA, conversation.timeouts().dataBlock());
        length = 0;
        unanswered++;
    }

    private void hear() throws SmtpException {
        Reply reply = conversation.hear(Phase.DATA, conversation.timeouts().endOfData());
        unanswered--;
        if (!reply.isPositive() && refusal.isEmpty()) {
            refusal = Optional.of(reply);
        }
    }
}
