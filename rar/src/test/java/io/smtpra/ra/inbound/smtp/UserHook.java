package io.smtpra.ra.inbound.smtp;

import io.smtpra.NonBlocking;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;

/** Says of a user what a test says. A class of its own: tests are looked through by reflection, which hooks forbid. */
class UserHook implements AuthHook {

    /** What is said. */
    interface Users {
        HookResult check(SMTPSession session, Username username, String password);
    }

    private final Users users;

    UserHook(Users users) {
        this.users = users;
    }

    /** One that does not wait. */
    static final class Quick extends UserHook implements NonBlocking {

        Quick(Users users) {
            super(users);
        }
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        return users.check(session, username, password);
    }

    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
        throw new AssertionError("tokens are for the security domain");
    }
}
