package io.smtpra.ra.inbound.smtp.rules;

import io.smtpra.AddressSyntax;
import io.smtpra.ListenerKind;
import io.smtpra.Mailbox;
import io.smtpra.ra.config.PropertyReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How this server speaks SMTP.
 *
 * @param hostName this host's name or address literal: in the greeting, in {@code Received:}, and behind
 *     {@code <Postmaster>}
 * @param rules what each kind of listener asks of its clients; a kind that is missing is not served
 * @param extensions those that are switched on
 * @param limits how much one session may ask for
 * @param addressSyntax how exactly addresses must keep the grammar
 * @param bareNewline what becomes of a content that holds a CR or a LF alone
 * @param mechanisms for {@code AUTH}, in the order of offer
 * @param senderRule as whom an authenticated user may send
 */
public record ProtocolConfig(
        String hostName,
        Map<ListenerKind, ListenerRules> rules,
        Set<Extension> extensions,
        ProtocolLimits limits,
        AddressSyntax addressSyntax,
        BareNewlinePolicy bareNewline,
        List<SaslMechanism> mechanisms,
        SenderRule senderRule) {

    /**
     * Copies the collections and refuses a host name that cannot stand in a mailbox.
     *
     * @throws IllegalArgumentException if the host name is not a domain or an address literal
     */
    public ProtocolConfig {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(addressSyntax, "addressSyntax");
        Objects.requireNonNull(bareNewline, "bareNewline");
        Objects.requireNonNull(senderRule, "senderRule");
        rules = Map.copyOf(rules);
        mechanisms = List.copyOf(mechanisms);
        extensions = Set.copyOf(extensions);
        if (!new Mailbox("postmaster", hostName).isAscii()) {
            throw new IllegalArgumentException("The host name is given in its ASCII form");
        }
    }

    /** What holds unless configured, for a host of this name with listeners of these rules. */
    public static ProtocolConfig of(String hostName, Map<ListenerKind, ListenerRules> rules) {
        return new ProtocolConfig(hostName, rules, Extension.defaults(), ProtocolLimits.defaults(),
                AddressSyntax.COMMON, BareNewlinePolicy.REJECT, List.of(SaslMechanism.PLAIN, SaslMechanism.LOGIN), SenderRule.NONE);
    }

    /**
     * Reads how SMTP is spoken.
     *
     * @param reader the properties
     * @param hostName this host's name, in its ASCII form
     * @return the configuration
     */
    public static ProtocolConfig read(PropertyReader reader, String hostName) {
        return new ProtocolConfig(
                hostName,
                ListenerRules.read(reader),
                Extension.read(reader),
                ProtocolLimits.read(reader),
                reader.choice("addressSyntax", Map.of("strict", AddressSyntax.STRICT, "common", AddressSyntax.COMMON)),
                reader.choice("bareNewline", BareNewlinePolicy.names()),
                SaslMechanism.read(reader, "authMechanisms"),
                reader.choice("verifySender", SenderRule.names()));
    }

    /** RFC 6531 section 3.1: SMTPUTF8 is not offered without 8BITMIME. */
    public boolean isOn(Extension extension) {
        return extensions.contains(extension)
                && (extension != Extension.SMTP_UTF8 || extensions.contains(Extension.EIGHT_BIT_MIME));
    }

    public boolean isOn(Verb verb) {
        Optional<Extension> extension = verb.extension();
        return extension.isEmpty() || isOn(extension.get());
    }
}
