package io.smtpra.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in headers, as it is really sent. */
class HeadersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            a@example.com                                   ! a@example.com
            <a@example.com>                                 ! a@example.com
            sender@example.com;                             ! sender@example.com
            A >> B <a@example.com>                          ! A >> B <a@example.com>
            a@b.example b@c.example                         ! a@b.example|b@c.example
            list <a@b.example                               ! list <a@b.example>
            a@b.example, b@c.example                        ! a@b.example|b@c.example
            a@b.example;b@c.example; Jo <c@d.example>       ! a@b.example|b@c.example|Jo <c@d.example>
            <a@b.example> <b@c.example>                     ! a@b.example|b@c.example
            "Doe, Jane" <jane@example.com>                  ! Doe, Jane <jane@example.com>
            Doe, Jane <jane@example.com>                    ! Doe, Jane <jane@example.com>
            "Jane <jane@example.com>                        ! Jane <jane@example.com>
            Jane" <jane@example.com>                        ! Jane <jane@example.com>
            'Jane' <jane@example.com>                       ! Jane <jane@example.com>
            'jane@example.com'                              ! jane@example.com
            jane@example.com (Jane Doe)                     ! Jane Doe <jane@example.com>
            jane@example.com (Jane (the other) Doe)         ! Jane (the other) Doe <jane@example.com>
            Jane (the other <jane@example.com>              ! Jane the other <jane@example.com>
            Jane (a (b) <jane@example.com>                  ! Jane a b) <jane@example.com>
            "jane@example.com" <other@example.com>          ! jane@example.com <other@example.com>
            jane@example.com <other@example.com>            ! jane@example.com <other@example.com>
            undisclosed-recipients:;                        ! ``
            Friends: a@b.example, Jo <b@c.example>;         ! a@b.example|Jo <b@c.example>
            Friends: a@b.example;, c@d.example              ! a@b.example|c@d.example
            mailto:a@example.com                            ! a@example.com
            <mailto:a@example.com>                          ! a@example.com
            <@relay.example,@b.example:a@example.com>       ! a@example.com
            <a@ example . com>                              ! a@example.com
            root                                            ! root
            root, daemon                                    ! root|daemon
            Jane Doe                                        ! Jane Doe
            Jane <>                                         ! Jane
            "a b"@example.com                               ! "a b"@example.com
            Jo <"a b"@example.com>                          ! Jo <"a b"@example.com>
            a@[IPv6:2001:db8::1]                            ! a@[IPv6:2001:db8::1]
            Jörg <jörg@bücher.example>                      ! Jörg <jörg@bücher.example>
            =?utf-8?Q?J=C3=B6rg?= <j@example.com>           ! Jörg <j@example.com>
            =?utf-8?Q?J=C3=B6rg,_Dr.?= <j@example.com>      ! Jörg, Dr. <j@example.com>
            =?utf-8?Q?a, b; c: d?= <j@example.com>          ! a, b; c: d <j@example.com>
            "=?utf-8?Q?J=C3=B6rg?=" <j@example.com>         ! Jörg <j@example.com>
            =?utf-8?B?SsO2cmcgPGpAZXhhbXBsZS5jb20+?=        ! Jörg <j@example.com>
            , , a@example.com ,,                            ! a@example.com
            >>                                              ! ``
            ;;;,,,<<<>>>                                    ! ``
            """)
    void addressesGiveWhatThereIs(String value, String expected) {
        assertThat(MailAddress.parse(value).stream().map(MailAddress::toString)
                .reduce((all, next) -> all + "|" + next).orElse("")).isEqualTo(expected);
    }

    @Test
    void controlCharactersInANameDoNoHarm() {
        assertThat(MailAddress.parse("=?utf-8?Q?a=0D=0ABcc:_b@c.example?= <a@example.com>"))
                .containsExactly(new MailAddress("a  Bcc: b@c.example", "a@example.com"));
    }

    @Test
    void addressThatSmtpTakesIsAMailbox() {
        assertThat(new MailAddress("", "a@example.com").mailbox()).isPresent();
        assertThat(new MailAddress("", "root").mailbox()).isEmpty();
        assertThat(new MailAddress("Jane", "").mailbox()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            plain                                             ! plain
            =?utf-8?Q?=C3=B6?=                                ! ö
            =?UTF-8?q?a_b?=                                   ! a b
            =?utf-8?B?w7Y=?=                                  ! ö
            =?utf-8?B?w7Y?=                                   ! ö
            =?utf-8?B?w7Y=?= =?utf-8?B?w6Q=?=                 ! öä
            =?utf-8?Q?=C3?= =?utf-8?Q?=B6?=                   ! ö
            =?utf-8?B?4oI=?= =?utf-8?B?rA==?=                 ! €
            =?utf-8?Q?a?= b =?utf-8?Q?c?=                     ! a b c
            Re:=?utf-8?Q?=C3=B6?=:                            ! Re:ö:
            =?utf-8?Q?a?= =?no word                           ! a =?no word
            =?utf-8?Q?with space =C3=B6?=                     ! with space ö
            =?iso-8859-1?Q?=F6?=                              ! ö
            =?iso-8859-1?Q?=80?=                              ! €
            =?utf-8*en?Q?=C3=B6?=                             ! ö
            =?x-unknown?Q?=C3=B6?=                            ! ö
            =?x-unknown?Q?=F6?=                               ! ö
            =?us-ascii?Q?=F6?=                                ! ö
            =?utf-8?Q?=zz=?=                                  ! =zz=
            =?utf-8?Q?no end                                  ! =?utf-8?Q?no end
            =?utf-8?X?a?=                                     ! =?utf-8?X?a?=
            =?utf-8?Q??= a                                    ! a
            =?                                                ! =?
            =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=                ! 日本
            =?gb2312?B?xOO6ww==?=                             ! 你好
            """)
    void encodedWordsAreDecoded(String text, String expected) {
        assertThat(EncodedWords.decode(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            attachment; filename=a.pdf                                                     ! a.pdf
            attachment; filename="a b.pdf"                                                 ! a b.pdf
            attachment; filename=a b.pdf                                                   ! a b.pdf
            attachment; FILENAME = "a.pdf" ; size=3                                        ! a.pdf
            attachment; creation-date=Tue, 01 Jan 2026 10:00:00 GMT; filename=a.pdf        ! a.pdf
            attachment; filename="a;b.pdf"                                                 ! a;b.pdf
            attachment; filename="a"b".pdf"                                                ! a"b".pdf
            attachment; filename="a\\"b.pdf"                                               ! a"b.pdf
            attachment; filename="C:\\temp\\a.pdf"                                         ! C:\\temp\\a.pdf
            attachment; filename="a.pdf                                                    ! a.pdf
            attachment; filename="a.pdf; size=3                                            ! a.pdf
            attachment; filename==?utf-8?B?w7YucGRm?=                                      ! ö.pdf
            attachment; filename="=?utf-8?Q?=C3=B6.pdf?="                                  ! ö.pdf
            attachment; filename="=?utf-8?Q?=C3?= =?utf-8?Q?=B6.pdf?="                     ! ö.pdf
            attachment; filename*=utf-8''%C3%B6.pdf                                        ! ö.pdf
            attachment; filename*=utf-8'de'%C3%B6.pdf; filename=o.pdf                      ! ö.pdf
            attachment; filename=o.pdf; filename*=iso-8859-1''%F6.pdf                      ! ö.pdf
            attachment; filename*=%C3%B6.pdf                                               ! ö.pdf
            attachment; filename*=utf-8''100%.pdf                                          ! 100%.pdf
            attachment; filename*0=a; filename*1=b.pdf                                     ! ab.pdf
            attachment; filename*1=b.pdf; filename*0=a                                     ! ab.pdf
            attachment; filename*1*=%B6.pdf; filename*0*=utf-8''%C3                        ! ö.pdf
            attachment; filename*0*=utf-8''%C3%B6; filename*1=".pdf"                       ! ö.pdf
            attachment; filename*10=k; filename*2=c; filename*0=a; filename*1=b            ! abck
            attachment; filename*0="=?utf-8?Q?=C3=B6?="; filename*1=.pdf                   ! ö.pdf
            attachment; filename=Jörg.pdf                                                  ! Jörg.pdf
            attachment; =; ; =x; filename=a.pdf                                            ! a.pdf
            attachment; filename=a.pdf; filename=b.pdf                                     ! a.pdf
            """)
    void parametersAreFound(String value, String expected) {
        Parameters parameters = Parameters.parse(value);
        assertThat(parameters.value()).isEqualTo("attachment");
        assertThat(parameters.get("filename")).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            Sat, 28 Nov 2026 22:05:43 +0100                 ! 2026-11-28T22:05:43+01:00
            28 Nov 2026 22:05:43 +0100 (CET)                ! 2026-11-28T22:05:43+01:00
            Sat, 28 Nov 26 22:05 GMT                        ! 2026-11-28T22:05Z
            Sat, 28 Nov 99 22:05:43 EST                     ! 1999-11-28T22:05:43-05:00
            Sat,28  November 2026 22:05:43 -0000            ! 2026-11-28T22:05:43Z
            28-Nov-2026 22:05:43 UT                         ! 2026-11-28T22:05:43Z
            Sat, 28 Nov 2026 22:05:43 GMT+0530              ! 2026-11-28T22:05:43+05:30
            Sat, 28 Nov 2026 22:05:43 +05:30                ! 2026-11-28T22:05:43+05:30
            Sat, 28 Nov 2026 22:05:60 +0000                 ! 2026-11-28T22:05:59Z
            Sat, 28 Nov 2026 22:05:43                       ! 2026-11-28T22:05:43Z
            Sat, 28 Nov 2026 22.05.43 +0100                 ! 2026-11-28T22:05:43+01:00
            Sat Nov 28 22:05:43 2026                        ! 2026-11-28T22:05:43Z
            Sat Nov 28 22:05:43 CET 2026                    ! 2026-11-28T22:05:43+01:00
            2026-11-28T22:05:43.123+01:00                   ! 2026-11-28T22:05:43+01:00
            Sat, 28 Nov 2026 22:05:43 +9999                 ! 2026-11-28T22:05:43Z
            """)
    void datesAreRead(String value, OffsetDateTime expected) {
        assertThat(MailDates.parse(value)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "31 Feb 2026 10:00:00 +0000", "1 Foo 2026 10:00:00 +0000",
            "1 Jan 2026 25:00:00 +0000"})
    void noDateIsNoDate(String value) {
        assertThat(MailDates.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            a.pdf                         ! a.pdf
            ../../etc/passwd              ! passwd
            C:\\Users\\jane\\a.pdf        ! a.pdf
            ..                            ! ``
            /                             ! ``
            .htaccess                     ! htaccess
            `a.pdf. . `                   ! a.pdf
            a<b>:"c|?*.pdf                ! a_b___c___.pdf
            con                           ! _con
            COM1.txt                      ! _COM1.txt
            a\u0000b\u0007.pdf            ! ab.pdf
            gpj.\u202Eexe                 ! gpj.exe
            o\u0308.pdf                   ! \u00F6.pdf
            日本.pdf                      ! 日本.pdf
            """)
    void fileNamesAreSafe(String given, String expected) {
        assertThat(FileNames.safe(given).orElse("")).isEqualTo(expected);
    }

    @Test
    void longFileNameKeepsItsExtension() {
        String name = FileNames.safe("ö".repeat(300) + ".pdf").orElseThrow();
        assertThat(name).endsWith("ö.pdf");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(254);
    }

    @Test
    void utf8OrLatin1AndNeverAReplacement() {
        assertThat(field("X: \u00C3\u00B6").value()).isEqualTo("ö");
        assertThat(field("X: \u00F6").value()).isEqualTo("ö");
        assertThat(field("X: \u00F6\u00C3\u00B6").value()).isEqualTo("\u00F6\u00C3\u00B6");
    }

    @Test
    void foldsAreTakenAway() {
        assertThat(field("Subject : a\r\n\tb\r\n c ").name()).isEqualTo("Subject");
        assertThat(field("Subject : a\r\n\tb\r\n c ").value()).isEqualTo("a\tb c");
    }

    /** Each of these took time that grew with the square of its length, in one of the many ways to write this. */
    @ParameterizedTest
    @ValueSource(strings = {"=?", "=?a?q?x ", "=?a?q?", "(", "(a", "<", "<>", "\"", ",", "a,", ";a=\"x", ":", "@", "@,",
            "a@b ", "x<>", "'", "\\", "=?utf-8?b?", "?=", ";a*0=x", ";a*0*=%", "%C3", "=?a*?q?x?= ", "*", ">", "[",
                    "a:b,", " \t"})
    @Timeout(20)
    void noHeaderTakesLong(String piece) {
        for (String text : new String[] {piece.repeat(1_000_000 / piece.length()),
                "x".repeat(300_000) + piece.repeat(600_000 / piece.length()) + ")\">"}) {
            assertThat(MailAddress.parse(text)).isNotNull();
            assertThat(EncodedWords.decode(text)).isNotNull();
            assertThat(Parameters.parse(text).get("a")).isNotNull();
            assertThat(MailDates.parse(text)).isNotNull();
            assertThat(FileNames.safe(text)).isNotNull();
        }
    }

    private static HeaderField field(String octets) {
        return new HeaderField(octets.getBytes(StandardCharsets.ISO_8859_1));
    }
}
