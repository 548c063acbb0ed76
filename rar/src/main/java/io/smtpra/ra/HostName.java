package io.smtpra.ra;

import io.smtpra.AddressSyntax;
import io.smtpra.Mailbox;
import io.smtpra.ra.config.PropertyReader;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this host. */
final class HostName {

    private HostName() {}

    /** The name that is configured, or that the machine has; in its ASCII form. */
    static String read(PropertyReader reader) {
        return reader.text("hostName")
                .map(name -> reader.parsed("hostName", name, "a domain name or an address literal",
                        HostName::ascii, "localhost"))
                .orElseGet(HostName::ofMachine);
    }

    private static String ascii(String name) {
        return Mailbox.parse("postmaster@" + name, AddressSyntax.STRICT).asciiDomain();
    }

    /** Looked up once, at start. */
    private static String ofMachine() {
        try {
            return ascii(InetAddress.getLocalHost().getCanonicalHostName());
        } catch (UnknownHostException | IllegalArgumentException e) {
            // A machine without a name, or with one that is no domain: RFC 5321 section 4.1.3 has a literal for it.
            return "[" + InetAddress.getLoopbackAddress().getHostAddress() + "]";
        }
    }
}
