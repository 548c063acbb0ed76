package io.smtpra.bench;

import io.smtpra.NonBlocking;
import java.util.Map;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.RcptHook;

/** A hook from outside that has nothing against any mail: what it costs is what hosting it costs. */
public class DecliningHook implements MailHook, RcptHook, NonBlocking {

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return HookResult.DECLINED;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress rcpt, Map<String,
            String> parameters) {
        return HookResult.DECLINED;
    }
}
