package io.smtpra.ra.inbound.smtp.hook;

import io.smtpra.ra.inbound.smtp.reply.HookReply;
import io.smtpra.ra.inbound.smtp.reply.SmtpReplies;
import java.util.Set;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.UnknownHook;

/** Sends away who speaks another protocol: a browser that was lured here, say, whose next lines are an attacker's. */
public final class OtherProtocolHook implements UnknownHook {

    private static final Set<String> OTHER_PROTOCOLS = Set.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "CONNECT");
    private static final HookResult NOT_SMTP = HookReply.refusal(SmtpReplies.NOT_SMTP);

    @Override
    public HookResult doUnknown(SMTPSession session, String command) {
        return OTHER_PROTOCOLS.contains(command) ? NOT_SMTP : HookResult.DECLINED;
    }
}
