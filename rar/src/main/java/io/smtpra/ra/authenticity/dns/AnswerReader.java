package io.smtpra.ra.authenticity.dns;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsAnswer.Status;
import io.smtpra.authenticity.DnsRecordType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Makes of a message what was asked for. */
final class AnswerReader {

    private static final Duration LONGEST = Duration.ofDays(1);
    /** RFC 2308 section 5 recommends one to three hours at most. */
    private static final Duration LONGEST_NEGATIVE = Duration.ofHours(1);
    private static final int MAX_ALIASES = 8;

    /**
     * What a message came to.
     *
     * @param answer the answer, absent if the message ends in an alias that it does not follow
     * @param alias where that leads
     */
    record Read(Optional<CachedAnswer> answer, Optional<Name> alias) {

        static Read of(CachedAnswer answer) {
            return new Read(Optional.of(answer), Optional.empty());
        }
    }

    private AnswerReader() {}

    static int type(DnsRecordType type) {
        return switch (type) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case MX -> Type.MX;
            case PTR -> Type.PTR;
            case TXT -> Type.TXT;
        };
    }

    /** Reads a message that answers a question about a name. */
    static Read read(Message message, Name asked, DnsRecordType type) {
        int code = message.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return Read.of(CachedAnswer.failed("the resolver says " + Rcode.string(code)));
        }
        // over UDP, it was asked again over TCP: what comes cut off from there too fits into no message
        if (message.getHeader().getFlag(Flags.TC)) {
            return Read.of(CachedAnswer.failed("the answer is too long for the DNS"));
        }
        List<Record> records = message.getSection(Section.ANSWER);
        Name name = asked;
        long life = LONGEST.toSeconds();
        for (int aliases = 0; ; aliases++) {
            Optional<CNAMERecord> alias = alias(records, name);
            if (alias.isEmpty()) {
                break;
            }
            if (aliases == MAX_ALIASES) {
                return Read.of(CachedAnswer.failed("more than " + MAX_ALIASES + " aliases (CNAME) in a row"));
            }
            life = Math.min(life, alias.get().getTTL());
            name = alias.get().getTarget();
        }
        List<String> values = new ArrayList<>();
        for (Record record : records) {
            if (record.getType() == type(type) && record.getName().equals(name)) {
                values.add(value(record));
                life = Math.min(life, record.getTTL());
            }
        }
        boolean validated = message.getHeader().getFlag(Flags.AD);
        if (!values.isEmpty()) {
            return Read.of(new CachedAnswer(
                    new DnsAnswer(Status.FOUND, values, validated, ""), Duration.ofSeconds(Math.max(0, life))));
        }
        if (code == Rcode.NOERROR && !name.equals(asked) && negativeLife(message).isEmpty()) {
            return new Read(Optional.empty(), Optional.of(name));
        }
        Status status = code == Rcode.NXDOMAIN ? Status.NO_NAME : Status.NO_DATA;
        return Read.of(new CachedAnswer(
                new DnsAnswer(status, List.of(), validated, ""), negativeLife(message).orElse(Duration.ZERO)));
    }

    private static Optional<CNAMERecord> alias(List<Record> records, Name name) {
        return records.stream()
                .filter(CNAMERecord.class::isInstance).map(CNAMERecord.class::cast)
                .filter(record -> record.getName().equals(name))
                .findFirst();
    }

    /** RFC 2308 section 5: the lesser of the SOA's own time and its minimum; without a SOA, none. */
    private static Optional<Duration> negativeLife(Message message) {
        return message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance).map(SOARecord.class::cast)
                .map(soa -> Duration.ofSeconds(Math.max(0, Math.min(LONGEST_NEGATIVE.toSeconds(),
                        Math.min(soa.getTTL(), soa.getMinimum())))))
                .findFirst();
    }

    private static String value(Record record) {
        if (record instanceof ARecord a) {
            return a.getAddress().getHostAddress();
        }
        if (record instanceof AAAARecord aaaa) {
            return aaaa.getAddress().getHostAddress();
        }
        if (record instanceof MXRecord mx) {
            return mx.getPriority() + " " + DnsNames.text(mx.getTarget());
        }
        if (record instanceof PTRRecord ptr) {
            return DnsNames.text(ptr.getTarget());
        }
        StringBuilder text = new StringBuilder();
        for (byte[] part : ((TXTRecord) record).getStringsAsByteArrays()) {
            text.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
