package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.NonBlocking;
import io.smtpra.StartTlsHook;
import io.smtpra.event.SmtpEvent;
import io.smtpra.event.SmtpEventListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/** Classes that a configuration may name. */
public final class LoadableHooks {

    private LoadableHooks() {}

    /** A hook with a setter of each kind. */
    public static class Settable implements MailHook {

        private final List<Object> set = new ArrayList<>();
        private boolean destroyed;

        List<Object> set() {
            return set;
        }

        boolean isDestroyed() {
            return destroyed;
        }

        @Override
        public HookResult doMail(SMTPSession session, MaybeSender sender) {
            return HookResult.DECLINED;
        }

        public void setText(String value) {
            set.add(value);
        }

        public void setNumber(int value) {
            set.add(value);
        }

        public void setFlag(boolean value) {
            set.add(value);
        }

        public void setTime(Duration value) {
            set.add(value);
        }

        public void setList(Set<String> value) {
            set.add(value);
        }

        @Override
        public void destroy() {
            destroyed = true;
        }
    }

    /** A hook that is no James handler. */
    public static final class Tls implements StartTlsHook {}

    /** One that knows who is called as the password. */
    public static final class Users implements AuthHook {

        @Override
        public HookResult doAuth(SMTPSession session, Username username, String password) {
            return username.asString().equals(password) ? HookResult.OK : HookResult.DECLINED;
        }

        @Override
        public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
            return HookResult.DECLINED;
        }
    }

    /** None at all. */
    public static final class NoHook {}

    /** One that cannot be made. */
    public static final class Broken extends Settable {

        public Broken() {
            throw new IllegalStateException("no database");
        }
    }

    /** One that needs to be given something. */
    public static final class Demanding extends Settable {

        public Demanding(String what) {
            setText(what);
        }
    }

    /** One that hears of events, and waits. */
    public static class SlowEvents implements SmtpEventListener {

        @Override
        public void onEvent(SmtpEvent event) {
            // hears
        }
    }

    /** One that does not wait. */
    public static final class Events extends SlowEvents implements NonBlocking {}

    /** What is not hosted. */
    public static final class Lines implements LineHandler<SMTPSession> {

        @Override
        public Response onLine(SMTPSession session, byte[] line) {
            return null;
        }
    }
}
