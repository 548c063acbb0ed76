package io.smtpra.authenticity;

import java.util.List;
import java.util.Objects;

/**
 * What the DNS has answered.
 *
 * @param status how it went
 * @param values one for each record; see {@link DnsRecordType} for what they look like. Names are in lower case and
 *     without the dot at their end. Octets of texts that are not ASCII are each one character (ISO 8859-1). Empty
 *     unless the status is {@link Status#FOUND}
 * @param validated whether the resolver says that it has validated the answer (DNSSEC, the flag AD). Only worth
 *     something if the way to the resolver is safe
 * @param reason why there is no answer, if the status is {@link Status#FAILED}; otherwise empty
 */
public record DnsAnswer(Status status, List<String> values, boolean validated, String reason) {

    /** How it went. */
    public enum Status {

        /** There are records. */
        FOUND,

        /** The name exists, but has no record of this type. */
        NO_DATA,

        /** The name does not exist (NXDOMAIN), nor any below it. */
        NO_NAME,

        /**
         * Nobody knows: no answer in time, a server that fails, an answer that makes no sense. Later there may be one.
         */
        FAILED
    }

    /** Copies the values and refuses nulls. */
    public DnsAnswer {
        Objects.requireNonNull(status, "status");
        values = List.copyOf(values);
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Whether there is an answer at all, be it that there is nothing.
     *
     * @return false if the status is {@link Status#FAILED}
     */
    public boolean isAnswered() {
        return status != Status.FAILED;
    }
}
