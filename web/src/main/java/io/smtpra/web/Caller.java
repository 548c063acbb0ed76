package io.smtpra.web;

import io.smtpra.ejb.mailbox.MailboxLifecycle;
import io.smtpra.ejb.mailbox.MailboxSettings;
import io.smtpra.ejb.store.MailAccess;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** Who asks, and what that user may see. */
@RequestScoped
public class Caller {

    static final String USER = "mail-user";
    static final String ADMIN = "mail-admin";

    @EJB
    private MailboxLifecycle lifecycle;

    private MailAccess access = new MailAccess("", false, List.of());

    /** Whether nobody has to log in, because an administrator has said so. */
    boolean isOpenToAll() {
        return lifecycle.settings().open();
    }

    /**
     * Finds out who it is. In a server without a security domain for web applications nobody ever has a principal,
     * and nobody is let in.
     *
     * @return absent if nobody has logged in; without addresses if the user has no role here
     */
    Optional<MailAccess> identify(HttpServletRequest request) {
        MailboxSettings settings = lifecycle.settings();
        Principal principal = request.getUserPrincipal();
        if (settings.open()) {
            access = settings.accessOf(principal == null ? "everybody" : principal.getName(), true);
        } else if (principal == null) {
            return Optional.empty();
        } else if (request.isUserInRole(ADMIN) || request.isUserInRole(USER)) {
            access = settings.accessOf(principal.getName(), request.isUserInRole(ADMIN));
        } else {
            access = new MailAccess(principal.getName(), false, List.of());
        }
        return Optional.of(access);
    }

    /** Whether the user that was identified has a role here. */
    boolean hasRole(HttpServletRequest request) {
        return isOpenToAll() || request.isUserInRole(ADMIN) || request.isUserInRole(USER);
    }

    /** What the user that was identified may see. */
    MailAccess access() {
        return access;
    }
}
