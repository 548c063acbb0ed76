package io.smtpra.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST interface, below {@code /mail/api}. */
@ApplicationPath("api")
public class MailboxApi extends Application {
}
