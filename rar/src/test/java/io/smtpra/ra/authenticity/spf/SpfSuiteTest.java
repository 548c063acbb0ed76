package io.smtpra.ra.authenticity.spf;

import static org.assertj.core.api.Assertions.assertThat;

import io.smtpra.authenticity.SpfVerdict;
import io.smtpra.ra.authenticity.dns.DnsResolver;
import io.smtpra.ra.authenticity.dns.DnsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.xbill.DNS.Type;
import org.yaml.snakeyaml.Yaml;

/** The public test suite of RFC 7208, each of its zones on a DNS server, asked over the wire. */
class SpfSuiteTest {

    private static final String DEFAULT = "DEFAULT";

    @TestFactory
    Stream<DynamicContainer> suite() throws IOException {
        List<DynamicContainer> scenarios = new ArrayList<>();
        try (InputStream suite = getClass().getResourceAsStream("rfc7208-tests.yml")) {
            for (Object document : new Yaml().loadAll(suite)) {
                scenarios.add(scenario((Map<?, ?>) document));
            }
        }
        return scenarios.stream();
    }

    private static DynamicContainer scenario(Map<?, ?> document) {
        Map<?, ?> zone = (Map<?, ?>) document.get("zonedata");
        return DynamicContainer.dynamicContainer((String) document.get("description"),
                ((Map<?, ?>) document.get("tests")).entrySet().stream().map(entry -> DynamicTest.dynamicTest(
                        (String) entry.getKey(), () -> run(zone, (Map<?, ?>) entry.getValue()))));
    }

    private static void run(Map<?, ?> zone, Map<?, ?> test) throws Exception {
        try (DnsServer server = DnsServer.start(); DnsResolver dns = DnsResolver.start(server.config())) {
            zone.forEach((name, records) -> fill(server, String.valueOf(name), (List<?>) records));
            SpfVerdict verdict = SpfCheck.check(question(test), dns).get(120, TimeUnit.SECONDS);
            List<?> results = test.get("result") instanceof List<?> several ? several : List.of(test.get("result"));
            assertThat(verdict.result().keyword()).as("%s: %s", test, verdict).isIn(results.toArray());
            if (test.containsKey("explanation")) {
                assertThat(verdict.explanation().orElse(DEFAULT)).isEqualTo(test.get("explanation"));
            }
        }
    }

    private static SpfQuestion question(Map<?, ?> test) throws IOException {
        InetAddress client = InetAddress.getByName(String.valueOf(test.get("host")));
        String helo = String.valueOf(test.get("helo"));
        String sender = String.valueOf(test.get("mailfrom"));
        Instant time = Instant.EPOCH;
        if (sender.isEmpty()) {
            return SpfQuestion.ofHelo(client, helo, "unknown", time);
        }
        int at = sender.lastIndexOf('@');
        return at < 0 ? SpfQuestion.ofMailFrom(client, helo, "", sender, "unknown", time)
                : SpfQuestion.ofMailFrom(
                        client, helo, sender.substring(0, at), sender.substring(at + 1), "unknown", time);
    }

    /** A record of the old type SPF stands for a TXT record, unless the name has one. */
    private static void fill(DnsServer server, String name, List<?> records) {
        server.exists(name);
        boolean texts = records.stream().anyMatch(record -> record instanceof Map<?, ?> map && map.containsKey("TXT"));
        boolean answers = false;
        for (Object record : records) {
            if (record.equals("TIMEOUT")) {
                continue;
            }
            Map.Entry<?, ?> entry = ((Map<?, ?>) record).entrySet().iterator().next();
            String type = (String) entry.getKey();
            Object value = entry.getValue();
            answers |= !type.equals("SPF") && !"NONE".equals(value);
            switch (type) {
                case "A" -> server.a(name, (String) value);
                case "AAAA" -> server.aaaa(name, (String) value);
                case "MX" -> server.mx(name, (Integer) ((List<?>) value).get(0), (String) ((List<?>) value).get(1));
                case "CNAME" -> server.cname(name, (String) value);
                case "PTR" -> server.ptr(name, (String) value);
                default -> {
                    if (!"NONE".equals(value) && (type.equals("TXT") || !texts)) {
                        server.txt(name, value instanceof List<?> parts ? parts.toArray(String[]::new)
                                : new String[] {(String) value});
                    }
                }
            }
        }
        if (records.contains("TIMEOUT") && !answers) {
            server.silent(name);
        } else if (records.contains("TIMEOUT")) {
            server.silent(name, Type.AAAA).silent(name, Type.MX);
        }
    }
}
