package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.util.Optional;
import org.apache.james.protocols.smtp.hook.HookResult;

/**
 * What a hook has said.
 *
 * @param result in James' words
 * @param reply in ours; absent if it is no answer
 */
record HookAnswer(HookResult result, Optional<SmtpReply> reply) {

    static final HookAnswer DECLINED = new HookAnswer(HookResult.DECLINED, Optional.empty());

    static HookAnswer of(HookResult result) {
        return result == HookResult.DECLINED ? DECLINED : new HookAnswer(result, HookReply.of(result));
    }

    static HookAnswer of(Optional<SmtpReply> refusal) {
        return refusal.isPresent() ? new HookAnswer(HookReply.refusal(refusal.get()), refusal) : DECLINED;
    }
}
