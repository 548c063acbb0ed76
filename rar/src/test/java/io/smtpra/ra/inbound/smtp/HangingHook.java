package io.smtpra.ra.inbound.smtp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/** Hangs until it is released, or interrupted, but not for the null reverse-path. */
final class HangingHook implements MailHook {

    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch released;

    HangingHook(CountDownLatch released) {
        this.released = released;
    }

    /** Where it was asked. */
    List<String> threads() {
        return threads;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        threads.add(Thread.currentThread().getName());
        if (sender.isNullSender()) {
            return HookResult.DECLINED;
        }
        try {
            released.await();
        } catch (InterruptedException e) {
            // given up
        }
        return HookResult.DENY;
    }
}
