package io.smtpra.ra.inbound.listener.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Who crosses limits again and again gets no connection for a time. */
class BanListTest {

    private final MovingClock clock = new MovingClock();
    private int bans;
    private final BanList list = new BanList(3, clock, () -> bans++);
    private final InetAddress stranger = address("192.0.2.7");

    @Test
    void theThirdOffenceWithinAnHourBans() {
        offend(2);
        assertThat(list.refuses(stranger)).isFalse();
        assertThat(bans).isZero();
        offend(1);
        assertThat(bans).isEqualTo(1);
        assertThat(list.refuses(stranger)).isTrue();
        assertThat(list.refuses(address("192.0.2.8"))).isFalse();
    }

    @Test
    void offencesFarApartDoNotCountTogether() {
        offend(2);
        clock.pass(Duration.ofMinutes(61));
        offend(2);
        assertThat(list.refuses(stranger)).isFalse();
    }

    @Test
    void eachBanIsLongerUpToADay() {
        long minutes = 10;
        for (int ban = 0; ban < 12; ban++) {
            offend(3);
            clock.pass(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(list.refuses(stranger)).as("ban %s, %s minutes", ban, minutes).isTrue();
            clock.pass(Duration.ofSeconds(1));
            assertThat(list.refuses(stranger)).as("after ban %s, %s minutes", ban, minutes).isFalse();
            minutes = Math.min(2 * minutes, 24 * 60);
        }
    }

    @Test
    void whoBehavesForADayBeginsAnew() {
        offend(3);
        clock.pass(Duration.ofMinutes(10));
        offend(3);
        clock.pass(Duration.ofMinutes(20).plusHours(25));
        offend(3);
        clock.pass(Duration.ofMinutes(10));
        assertThat(list.refuses(stranger)).isFalse();
    }

    @Test
    void anIpv6NetworkIsOne() {
        InetAddress one = address("2001:db8:1:2::1");
        for (int i = 1; i <= 3; i++) {
            list.offence(address("2001:db8:1:2::" + i));
        }
        assertThat(list.refuses(one)).isTrue();
        assertThat(list.refuses(address("2001:db8:1:3::1"))).isFalse();
    }

    @Test
    void thisHostIsNotBannedForOffences() {
        InetAddress own = InetAddress.getLoopbackAddress();
        for (int i = 0; i < 10; i++) {
            list.offence(own);
        }
        assertThat(list.refuses(own)).isFalse();
    }

    @Test
    void zeroSwitchesItOff() {
        BanList off = new BanList(0, clock, () -> bans++);
        for (int i = 0; i < 100; i++) {
            off.offence(stranger);
        }
        assertThat(off.refuses(stranger)).isFalse();
        assertThat(off.bans()).isEmpty();
    }

    @Test
    void anAdministratorBansSeesAndClears() {
        list.ban(stranger, Duration.ofMinutes(5));
        list.refuses(stranger);
        list.refuses(stranger);
        assertThat(list.bans()).containsExactly(
                new BanList.Ban(stranger, clock.instant().plus(Duration.ofMinutes(5)), 2));
        assertThat(list.clear(stranger)).isTrue();
        assertThat(list.clear(stranger)).isFalse();
        assertThat(list.refuses(stranger)).isFalse();
        assertThat(list.bans()).isEmpty();
    }

    @Test
    void theListIsBounded() {
        for (int i = 0; i < 10_100; i++) {
            list.ban(address("10.0." + i / 250 + "." + (i % 250 + 1)), Duration.ofMinutes(5));
        }
        assertThat(list.bans()).hasSize(10_000);
    }

    private void offend(int times) {
        for (int i = 0; i < times; i++) {
            list.offence(stranger);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final class MovingClock extends Clock {

        private Instant now = Instant.parse("2026-11-29T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
