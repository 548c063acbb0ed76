package io.smtpra.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Lets nobody see the page who has not logged in, and tells the browser what a page here may do: nothing from
 * elsewhere, no script but its own files.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class SiteFilter extends HttpFilter {

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final long serialVersionUID = 1L;
    /** What the log-in page consists of. */
    private static final Set<String> FOR_ALL = Set.of("/login.html", "/login-failed.html", "/login.css", "/icon.svg");

    @Inject
    private transient Caller caller;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        boolean api = path.equals("/api") || path.startsWith("/api/");
        response.setHeader("Cache-Control", api ? "no-store" : "no-cache");
        if (api || FOR_ALL.contains(path) || mayPass(request, response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean mayPass(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (caller.isOpenToAll()) {
            return true;
        }
        if (request.getServletPath().endsWith("/j_security_check")) {
            // else the server's own log-in has answered it
            response.sendError(HttpServletResponse.SC_FORBIDDEN,
                    "This server has no security domain for web applications: docs/mailbox.md says how to set one");
            return false;
        }
        if (request.getUserPrincipal() == null) {
            // HttpServletRequest.authenticate would serve, but fails in WildFly where no constraint asks for a log-in
            response.sendRedirect(request.getContextPath() + "/login.html");
            return false;
        }
        if (!caller.hasRole(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "Only with the role mail-user or mail-admin");
            return false;
        }
        return true;
    }
}
