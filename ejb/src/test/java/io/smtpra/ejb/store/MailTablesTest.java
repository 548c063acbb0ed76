package io.smtpra.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatObject;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.authenticity.DmarcVerdict;
import io.smtpra.authenticity.SpfIdentity;
import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.authenticity.VerdictResult;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ObjectAssert;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * H2 in memory, and PostgreSQL where the system property {@code test.postgresql} names its address as 127.0.0.1:5432.
 */
class MailTablesTest {

    private static final MailAccess ADMIN = new MailAccess("root", true, List.of());
    private static final MailAccess ANNA = user("anna", "anna@example.com");

    static Stream<DataSource> databases() throws SQLException {
        return Stream.concat(Stream.of(h2()), postgresql()).peek(MailTablesTest::migrate);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aMailIsFoundByItsWords(DataSource source) throws Exception {
        store(source, mail("1", "Grüße aus München", "The quick brown fox", "anna@example.com"));
        store(source, mail("2", "Invoice 4711", "percent % and _underscore_", "ben@example.com"));

        assertThat(found(source, ADMIN, "grüß")).containsExactly("1");
        assertThat(found(source, ADMIN, "QUICK fox")).containsExactly("1");
        assertThat(found(source, ADMIN, "4711")).containsExactly("2");
        assertThat(found(source, ADMIN, "ben@example.com")).containsExactly("2");
        assertThat(found(source, ADMIN, "example")).containsExactly("2", "1");
        assertThat(found(source, ADMIN, "uick")).isEmpty();
        assertThat(found(source, ADMIN, "'; drop & | ! ( :* %")).isEmpty();
        assertThat(found(source, ADMIN, "percent %")).containsExactly("2");
        assertThat(found(source, ADMIN, "!")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aUserSeesTheOwnAddressesAlone(DataSource source) throws Exception {
        store(source, mail("1", "for both", "text", "anna@example.com", "ben@example.com"));
        store(source, mail("2", "for ben", "text", "ben@example.com"));
        store(source, mail("3", "for sales", "text", "Sales@Shop.example.com"));

        assertThat(page(source, ANNA, MailFilter.ALL).mails()).singleElement()
                .returns("1", MailEntry::id).returns(List.of("anna@example.com"), MailEntry::recipients);
        assertThat(found(source, user("x", "*@shop.example.com"), "")).containsExactly("3");
        assertThat(found(source, user("x", "sales@*"), "")).containsExactly("3");
        assertThat(found(source, user("x", "*"), "")).containsExactly("3", "2", "1");
        assertThat(found(source, new MailAccess("x", false, List.of()), "")).isEmpty();
        assertAnswer(source, connection -> new MailQueries(connection, ANNA).find("2")).isEqualTo(Optional.empty());
        assertAnswer(source, connection -> new MailQueries(connection, ANNA).markSeen("2", true)).isEqualTo(false);
        assertAnswer(source, connection -> new MailRemoval(connection).remove("2", ANNA)).isEqualTo(false);
        assertThat(found(source, ADMIN, "")).containsExactly("3", "2", "1");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whoRemovesAMailThatOthersHaveRemovesTheOwnCopy(DataSource source) throws Exception {
        store(source, mail("1", "for both", "text", "anna@example.com", "ben@example.com")
                .with(spf(VerdictResult.PASS)));

        assertAnswer(source, connection -> new MailRemoval(connection).remove("1", ANNA)).isEqualTo(true);

        assertThat(found(source, ANNA, "")).isEmpty();
        assertThat(found(source, user("ben", "ben@example.com"), "")).containsExactly("1");
        with(source, connection -> new MailRemoval(connection).remove("1", ADMIN));
        for (String table : List.of("mail", "mail_recipient", "mail_part", "mail_content", "mail_words",
                "mail_verdict")) {
            assertAnswer(source, connection -> count(connection, "smtpra_" + table)).as(table).isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void pagesFollowEachOther(DataSource source) throws Exception {
        for (int i = 0; i < 7; i++) {
            // two in the same millisecond
            store(source, mail("M" + i, "mail", "text", ArrivedMail.ARRIVAL.plusMillis(i / 2), "anna@example.com"));
        }
        with(source, connection -> new MailQueries(connection, ANNA).markSeen("M3", true));

        MailPage first = with(source, connection -> new MailQueries(connection, ANNA).page(MailFilter.ALL, "", 3));
        MailPage second = with(source,
                connection -> new MailQueries(connection, ANNA).page(MailFilter.ALL, first.next().orElseThrow(), 3));
        MailPage third = with(source,
                connection -> new MailQueries(connection, ANNA).page(MailFilter.ALL, second.next().orElseThrow(), 3));

        assertThat(Stream.of(first, second, third).flatMap(page -> page.mails().stream()).map(MailEntry::id))
                .containsExactly("M6", "M5", "M4", "M3", "M2", "M1", "M0");
        assertThat(third.next()).isEmpty();
        assertThat(first).returns(7L, MailPage::total).returns(6L, MailPage::unread);
        assertThat(page(source, ANNA, new MailFilter("", "", "", true, Optional.empty())).mails()).hasSize(6);
        for (String cursor : List.of("x", "1", "1.", "-1.M", "1.M'", "9999999999999999.M")) {
            assertThatIllegalArgumentException().isThrownBy(() -> MailQueries.requirePage(cursor, 3));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void listsByAddress(DataSource source) throws Exception {
        store(source, mail("1", "one", "text", "anna@example.com"));
        store(source, mail("2", "two", "text", "100%_sure@example.com"));

        assertThat(page(source, ADMIN, filter("", "ANNA@", "")).total()).isOne();
        assertThat(page(source, ADMIN, filter("", "%_", "")).mails()).extracting(MailEntry::id)
                .containsExactly("2");
        assertThat(page(source, ADMIN, filter("", "", "author@example")).total()).isEqualTo(2);
        assertThat(page(source, ADMIN, filter("", "", "nobody")).total()).isZero();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatWasFoundOutAboutTheSenderIsKept(DataSource source) throws Exception {
        store(source, mail("1", "one", "text", "anna@example.com").with(
                spf(VerdictResult.FAIL), dmarc(VerdictResult.PASS, "")));
        store(source, mail("2", "two", "text", "anna@example.com").with(
                spf(VerdictResult.PASS), dmarc(VerdictResult.FAIL, "nothing \0 proves it " + "x".repeat(1000))));
        store(source, mail("3", "three", "text", "anna@example.com").with(spf(VerdictResult.FAIL)));
        store(source, mail("4", "four", "text", "anna@example.com").with(
                spf(VerdictResult.PASS), dmarc(VerdictResult.NONE, "no policy")));
        store(source, mail("5", "five", "text", "anna@example.com"));

        assertThat(page(source, ANNA, MailFilter.ALL).mails()).extracting(MailEntry::sender).containsExactly(
                Optional.empty(), Optional.of(SenderProof.UNPROVEN), Optional.of(SenderProof.DOUBTFUL),
                Optional.of(SenderProof.DOUBTFUL), Optional.of(SenderProof.PROVEN));
        assertThat(page(source, ANNA, new MailFilter("t", "", "", false, Optional.of(SenderProof.DOUBTFUL))).mails())
                .extracting(MailEntry::id).containsExactly("3", "2");
        List<StoredVerdict> verdicts = with(source, connection -> new MailQueries(connection, ANNA).verdicts("2"));
        assertThat(verdicts.get(0)).isEqualTo(new StoredVerdict("spf", "pass", "example.org", ""));
        assertThat(verdicts.get(1)).returns("dmarc", StoredVerdict::method).returns("fail", StoredVerdict::result);
        assertThat(verdicts.get(1).reason()).hasSize(500).startsWith("nothing \uFFFD proves it xxx");
        assertAnswer(source, connection -> new MailQueries(connection, ANNA).verdicts("5")).isEqualTo(List.of());
    }

    private static SpfVerdict spf(VerdictResult result) {
        return new SpfVerdict(
                result, "example.org", SpfIdentity.MAIL_FROM, Optional.empty(), Optional.empty(), "", false);
    }

    private static DmarcVerdict dmarc(VerdictResult result, String reason) {
        return new DmarcVerdict(result, "example.org", Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), false, reason, false);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void octetsAreThoseThatCame(DataSource source) throws Exception {
        ArrivedMail mail = mail("1", "long", "line of text\n".repeat(20_000), "anna@example.com");
        store(source, mail);

        ChunkedContent content = new ChunkedContent(source, "1", mail.size());
        try (InputStream in = content.open()) {
            assertThat(in.readAllBytes()).isEqualTo(mail.content().readAllBytes());
        }
        try (InputStream in = content.open(); InputStream sent = mail.content()) {
            in.skipNBytes(200_000);
            sent.skipNBytes(200_000);
            assertThat(in.readNBytes(100_000)).isEqualTo(sent.readNBytes(100_000));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aMailThatComesAgainIsKnownForAsLongAsItsSenderTries(DataSource source) throws Exception {
        ArrivedMail mail = mail("1", "again", "text", "anna@example.com");
        String digest = MailFacts.of(mail).digest().orElseThrow();
        store(source, mail);
        with(source, connection -> new MailRemoval(connection).remove("1", ADMIN));

        assertAnswer(source, connection -> MailInsert.findByDigest(connection, digest)).isEqualTo(Optional.of("1"));
        forget(source, ArrivedMail.ARRIVAL);
        assertAnswer(source, connection -> MailInsert.findByDigest(connection, digest)).isEqualTo(Optional.of("1"));
        forget(source, ArrivedMail.ARRIVAL.plusMillis(1));
        assertAnswer(source, connection -> MailInsert.findByDigest(connection, digest)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void theFirstRuleThatFitsSaysForHowLong(DataSource source) throws Exception {
        Instant now = ArrivedMail.ARRIVAL.plus(Duration.ofDays(100));
        store(source, mail("old", "x", "y", ArrivedMail.ARRIVAL, "ben@example.com"));
        store(source, mail("audit", "x", "y", ArrivedMail.ARRIVAL, "audit@example.com"));
        store(source, mail("both", "x", "y", ArrivedMail.ARRIVAL, "audit@example.com", "ben@example.com"));
        store(source, mail("new", "x", "y", now.minusSeconds(60), "ben@example.com"));
        List<RetentionRule> rules = List.of(rule("audit@example.com", 3650, 0), rule("*@example.com", 90, 0));

        assertThat(expire(source, rules, now, 1)).hasSize(1);
        assertThat(expire(source, rules, now, 100)).hasSize(1);
        assertThat(expire(source, rules, now, 100)).isEmpty();

        assertThat(found(source, ADMIN, "")).containsExactlyInAnyOrder("new", "both", "audit");
        assertThat(found(source, user("ben", "ben@example.com"), "")).containsExactly("new");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsTooMuchGoesTheOldestFirst(DataSource source) throws Exception {
        long size = 0;
        for (int i = 0; i < 5; i++) {
            ArrivedMail mail = mail("M" + i, "x", "y", ArrivedMail.ARRIVAL.plusSeconds(i), "ben@example.com");
            size = mail.size();
            store(source, mail);
        }
        store(source, mail("anna", "x", "y", ArrivedMail.ARRIVAL, "anna@example.com"));

        assertThat(expire(source, List.of(rule("ben@example.com", 0, 3 * size)), ArrivedMail.ARRIVAL, 100)).hasSize(2);

        assertThat(found(source, ADMIN, "")).containsExactly("M4", "M3", "M2", "anna");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void tablesOfANewerVersionAreRefused(DataSource source) throws Exception {
        with(source, connection -> connection.createStatement().executeUpdate(
                "insert into \"smtpra_mail_schema\" (\"installed_rank\", \"version\", \"description\", \"type\","
                        + " \"script\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (99, '99', 'newer', 'SQL', 'V99__newer.sql', 'x', 1, true)"));

        assertThatIllegalStateException().isThrownBy(() -> migrate(source))
                .withMessageContainingAll("version 99", "newer smtp-ra", "up to version 2");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void tablesAreMadeOnce(DataSource source) throws Exception {
        store(source, mail("1", "x", "y", "anna@example.com"));
        migrate(source);
        assertThat(found(source, ADMIN, "")).containsExactly("1");
    }

    @Test
    void aFullDatabaseIsTold() {
        assertThat(MailDatabase.isFull(new SQLException("could not extend file", "53100"))).isTrue();
        assertThat(MailDatabase.isFull(new SQLException("IO Exception", "90031",
                new IOException("No space left on device")))).isTrue();
        assertThat(MailDatabase.isFull(new SQLException("Unique index", "23505"))).isFalse();
        assertThat(MailDatabase.isFull(new SQLException("no state"))).isFalse();
    }

    private static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static Stream<DataSource> postgresql() throws SQLException {
        String address = System.getProperty("test.postgresql", "");
        if (address.isEmpty()) {
            return Stream.empty();
        }
        String schema = "t" + UUID.randomUUID().toString().replace("-", "");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://" + address + "/postgres");
        source.setUser("postgres");
        with(source, connection -> connection.createStatement().execute("create schema " + schema));
        source.setCurrentSchema(schema);
        return Stream.of(source);
    }

    private static void migrate(DataSource source) {
        try {
            MailSchema.migrate(source, with(source, MailDatabase::of));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MailFilter filter(String words, String to, String from) {
        return new MailFilter(words, to, from, false, Optional.empty());
    }

    private static MailAccess user(String name, String... patterns) {
        return new MailAccess(name, false, Stream.of(patterns).map(AddressPattern::parse).toList());
    }

    private static RetentionRule rule(String addresses, int days, long octets) {
        return new RetentionRule(AddressPattern.parse(addresses), Optional.of(days).filter(n -> n > 0)
                .map(Duration::ofDays),
                octets > 0 ? OptionalLong.of(octets) : OptionalLong.empty());
    }

    private static ArrivedMail mail(String id, String subject, String text, String... to) {
        return mail(id, subject, text, ArrivedMail.ARRIVAL, to);
    }

    private static ArrivedMail mail(String id, String subject, String text, Instant at, String... to) {
        return new ArrivedMail(id, Envelope.from("author@example.org").to(to).build(),
                "From: author@example.org\nMessage-ID: <" + id + "@example.org>\nSubject: " + subject + "\n\n"
                        + text + "\n",
                at);
    }

    private static void store(DataSource source, InboundMail mail) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            MailInsert.of(connection, mail, MailFacts.of(mail));
            connection.commit();
        }
    }

    private static MailPage page(DataSource source, MailAccess access, MailFilter filter) throws SQLException {
        return with(source, connection -> new MailQueries(connection, access).page(filter, "", 100));
    }

    private static List<String> found(DataSource source, MailAccess access, String words) throws SQLException {
        return page(source, access, filter(words, "", "")).mails().stream().map(MailEntry::id).toList();
    }

    private static Set<String> expire(DataSource source, List<RetentionRule> rules, Instant now, int limit)
            throws SQLException {
        return with(source, connection -> new MailRemoval(connection).expire(rules, now, limit));
    }

    private static void forget(DataSource source, Instant before) throws SQLException {
        with(source, connection -> {
            new MailRemoval(connection).forget(before);
            return before;
        });
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (var row = connection.createStatement().executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static <T> ObjectAssert<T> assertAnswer(DataSource source, Question<T> question) throws SQLException {
        return assertThatObject(with(source, question));
    }

    private static <T> T with(DataSource source, Question<T> question) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return question.put(connection);
        }
    }

    /** What is asked of a database. */
    @FunctionalInterface
    private interface Question<T> {
        T put(Connection connection) throws SQLException;
    }
}
