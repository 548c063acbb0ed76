package io.smtpra.authenticity;

/** What the DNS is asked for. */
public enum DnsRecordType {

    /** IPv4 addresses. A value is one address, as {@code 192.0.2.1}. */
    A,

    /** IPv6 addresses. A value is one address, as {@code 2001:db8:0:0:0:0:0:1}. */
    AAAA,

    /**
     * Mail servers. A value is the preference, a blank, and the name: {@code 10 mx.example.com}; with an empty name,
     * the domain takes no mail (RFC 7505).
     */
    MX,

    /** Names of addresses. A value is a name. */
    PTR,

    /** Texts. A value is one record, its strings joined without anything between them (RFC 7208 section 3.3). */
    TXT
}
