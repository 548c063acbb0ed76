package io.smtpra.ra.outbound;

import jakarta.resource.spi.ConnectionRequestInfo;
import java.util.Objects;

/** The user that an application names when it asks for a connection. */
record SmtpRequestInfo(String userName, String password) implements ConnectionRequestInfo {

    SmtpRequestInfo {
        Objects.requireNonNull(userName, "userName");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
        return "SmtpRequestInfo[" + userName + "]";
    }
}
