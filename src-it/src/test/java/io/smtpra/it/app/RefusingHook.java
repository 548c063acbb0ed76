package io.smtpra.it.app;

import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.MailHook;

/** Refuses every mail. */
public class RefusingHook implements MailHook {

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return Answer.no();
    }

    /** A class beside it, which it sees only if both come from one loader. */
    static final class Answer {

        private Answer() {}

        static HookResult no() {
            return HookResult.builder().hookReturnCode(HookReturnCode.deny())
                    .smtpReturnCode("550").smtpDescription("5.7.1 No").build();
        }
    }
}
