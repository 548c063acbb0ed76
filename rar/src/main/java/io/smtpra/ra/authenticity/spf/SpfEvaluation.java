package io.smtpra.ra.authenticity.spf;

import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsAnswer.Status;
import io.smtpra.authenticity.DnsLookup;
import io.smtpra.authenticity.DnsRecordType;
import io.smtpra.authenticity.VerdictResult;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * One check (RFC 7208 section 4). What it asks it asks in turn: no two answers are worked on at a time, though each may
 * come on another thread.
 */
final class SpfEvaluation {

    private static final int MAX_LOOKUPS = 10;
    private static final int MAX_VOID = 2;
    private static final int MAX_MX = 10;

    /** Whether a mechanism matches; or the error that ends everything. */
    private record Match(boolean matches, Optional<SpfOutcome> error) {

        static final Match YES = new Match(true, Optional.empty());
        static final Match NO = new Match(false, Optional.empty());
    }

    private final SpfQuestion question;
    private final ClientAddress client;
    private final DnsLookup dns;
    private final ClientNames names;
    private int lookups;
    private int voids;
    private boolean validated = true;

    SpfEvaluation(SpfQuestion question, DnsLookup dns) {
        this.question = question;
        this.client = new ClientAddress(question.client());
        this.dns = (name, type) -> dns.ask(name, type).thenApply(this::noted);
        this.names = new ClientNames(client, this.dns);
    }

    /** Whether all answers so far were validated. */
    synchronized boolean isValidated() {
        return validated;
    }

    private synchronized DnsAnswer noted(DnsAnswer answer) {
        validated &= answer.validated();
        return answer;
    }

    /** Evaluates the record of a domain. */
    CompletableFuture<SpfOutcome> check(String domain) {
        return dns.ask(domain, DnsRecordType.TXT).thenCompose(answer -> {
            if (!answer.isAnswered()) {
                return done(SpfOutcome.error(
                        VerdictResult.TEMPERROR, domain, "TXT " + domain + ": " + answer.reason()));
            }
            List<String> records = answer.values().stream().filter(SpfRecord::isRecord).toList();
            if (records.isEmpty()) {
                return done(SpfOutcome.error(VerdictResult.NONE, domain, domain + " publishes no SPF record"));
            }
            if (records.size() > 1) {
                return done(permanent(domain, domain + " publishes " + records.size() + " SPF records"));
            }
            try {
                return from(0, SpfRecord.parse(records.get(0)), domain);
            } catch (SpfSyntaxException e) {
                return done(permanent(domain, "the SPF record of " + domain + ": " + e.getMessage()));
            }
        });
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private static SpfOutcome permanent(String domain, String reason) {
        return SpfOutcome.error(VerdictResult.PERMERROR, domain, reason);
    }

    private CompletableFuture<SpfOutcome> from(int first, SpfRecord record, String domain) {
        for (int i = first; i < record.mechanisms().size(); i++) {
            SpfTerm term = record.mechanisms().get(i);
            if (!term.isCounted()) {
                if (term.kind() == SpfTerm.Kind.ALL || client.isIn(term.network(), term.prefix4())) {
                    return done(SpfOutcome.decided(term, record, domain));
                }
                continue;
            }
            if (++lookups > MAX_LOOKUPS) {
                return done(tooMany(domain));
            }
            int next = i + 1;
            return match(term, domain).thenCompose(match -> match.error().isPresent() ? done(match.error().get())
                    : match.matches() ? done(SpfOutcome.decided(term, record, domain)) : from(next, record, domain));
        }
        return record.redirect().isPresent() ? redirected(record.redirect().get(), domain)
                : done(SpfOutcome.error(VerdictResult.NEUTRAL, domain, ""));
    }

    private static SpfOutcome tooMany(String domain) {
        return permanent(domain, "more than " + MAX_LOOKUPS + " look-ups");
    }

    private CompletableFuture<SpfOutcome> redirected(MacroText redirect, String domain) {
        if (++lookups > MAX_LOOKUPS) {
            return done(tooMany(domain));
        }
        return name(redirect, domain).thenCompose(target -> check(target).thenApply(outcome ->
                outcome.result() == VerdictResult.NONE
                        ? permanent(domain, "redirect=" + target + ", which publishes no SPF record") : outcome));
    }

    private CompletableFuture<Match> match(SpfTerm term, String domain) {
        CompletableFuture<String> target = term.domain().map(text -> name(text, domain)).orElseGet(() -> done(domain));
        return target.thenCompose(name -> switch (term.kind()) {
            case INCLUDE -> include(name, domain);
            case A -> addresses(name, term, domain, true);
            case MX -> exchangers(name, term, domain);
            case PTR -> names.names().thenApply(found ->
                    found.stream().anyMatch(one -> ClientNames.isWithin(one, name)) ? Match.YES : Match.NO);
            default -> exists(name, domain);
        });
    }

    private CompletableFuture<Match> include(String name, String domain) {
        return check(name).thenApply(outcome -> switch (outcome.result()) {
            case PASS -> Match.YES;
            case TEMPERROR, PERMERROR -> new Match(false, Optional.of(
                    SpfOutcome.error(outcome.result(), domain, outcome.reason())));
            case NONE -> new Match(false, Optional.of(
                    permanent(domain, "include:" + name + ", which publishes no SPF record")));
            default -> Match.NO;
        });
    }

    private CompletableFuture<Match> exists(String name, String domain) {
        return asked(name, DnsRecordType.A, domain, true,
                answer -> done(answer.status() == Status.FOUND ? Match.YES : Match.NO));
    }

    private CompletableFuture<Match> addresses(String name, SpfTerm term, String domain, boolean counted) {
        boolean ipv4 = client.isIpv4();
        return asked(name, ipv4 ? DnsRecordType.A : DnsRecordType.AAAA, domain, counted, answer -> done(
                answer.values().stream()
                        .map(value -> ClientAddress.parse(value, !ipv4))
                        .anyMatch(octets -> octets.isPresent()
                                && client.isIn(octets.get(), ipv4 ? term.prefix4() : term.prefix6()))
                        ? Match.YES : Match.NO));
    }

    private CompletableFuture<Match> exchangers(String name, SpfTerm term, String domain) {
        return asked(name, DnsRecordType.MX, domain, true, answer -> answer.values().size() > MAX_MX
                ? done(new Match(false, Optional.of(
                        permanent(domain, name + " has more than " + MAX_MX + " MX records"))))
                : oneOf(answer.values().iterator(), term, domain));
    }

    private CompletableFuture<Match> oneOf(Iterator<String> exchangers, SpfTerm term, String domain) {
        if (!exchangers.hasNext()) {
            return done(Match.NO);
        }
        String exchanger = exchangers.next();
        return addresses(exchanger.substring(exchanger.indexOf(' ') + 1), term, domain, false).thenCompose(match ->
                match.matches() || match.error().isPresent() ? done(match) : oneOf(exchangers, term, domain));
    }

    /** Asks, and ends everything on a failure, or when a record makes us ask for nothing too often. */
    private CompletableFuture<Match> asked(String name, DnsRecordType type, String domain, boolean counted,
            Function<DnsAnswer, CompletableFuture<Match>> then) {
        return dns.ask(name, type).thenCompose(answer -> {
            if (!answer.isAnswered()) {
                return done(new Match(false, Optional.of(SpfOutcome.error(
                        VerdictResult.TEMPERROR, domain, type + " " + name + ": " + answer.reason()))));
            }
            if (counted && answer.status() != Status.FOUND && ++voids > MAX_VOID) {
                return done(new Match(false, Optional.of(
                        permanent(domain, "more than " + MAX_VOID + " look-ups of what does not exist"))));
            }
            return then.apply(answer);
        });
    }

    private CompletableFuture<String> name(MacroText text, String domain) {
        return values(text, domain).thenApply(text::expandToName);
    }

    /** What the domain has to say of a failure, if it is fit to be repeated (RFC 7208 section 6.2). */
    CompletableFuture<Optional<String>> explanation(SpfOutcome outcome) {
        if (outcome.result() != VerdictResult.FAIL || outcome.explanation().isEmpty()) {
            return done(Optional.empty());
        }
        return name(outcome.explanation().get(), outcome.domain())
                .thenCompose(name -> dns.ask(name, DnsRecordType.TXT))
                .thenCompose(answer -> answer.values().size() != 1 ? done(Optional.empty())
                        : explained(answer.values().get(0), outcome.domain()));
    }

    private CompletableFuture<Optional<String>> explained(String value, String domain) {
        try {
            MacroText text = MacroText.explanation(value);
            return values(text, domain).thenApply(values -> Optional.of(printable(text.expandToText(values))));
        } catch (SpfSyntaxException e) {
            return done(Optional.empty());
        }
    }

    /** What macros bring in may be anything. */
    private static String printable(String text) {
        return text.codePoints().map(character -> character < ' ' || character > '~' ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private CompletableFuture<IntFunction<String>> values(MacroText text, String domain) {
        return text.isNameNeeded() ? names.nameFor(domain).thenApply(name -> letter -> value(letter, domain, name))
                : done(letter -> value(letter, domain, ""));
    }

    private String value(int letter, String domain, String name) {
        return switch (letter) {
            case 's' -> question.sender();
            case 'l' -> question.localPart();
            case 'o' -> question.domain();
            case 'd' -> domain;
            case 'i' -> client.dotted();
            case 'p' -> name;
            case 'v' -> client.zone();
            case 'h' -> question.helo();
            case 'c' -> client.readable();
            case 'r' -> question.receiver();
            default -> Long.toString(question.time().getEpochSecond());
        };
    }
}
