package io.smtpra.ra.outbound.settings;

import io.smtpra.idna.DomainName;
import io.smtpra.ra.client.ClientConfig;
import io.smtpra.ra.config.PropertyReader;
import io.smtpra.ra.outbound.relay.NextHop;
import io.smtpra.ra.outbound.relay.Routes;
import io.smtpra.ra.tls.client.OutboundTls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads where mail goes: the properties host, port, hosts and routes. */
final class RouteReader {

    private static final String HOSTS = "host names or addresses with ports, as relay1:25, [2001:db8::1]:587";
    private static final String ROUTES = "domains with next hops, as example.org=relay1:25, *.example.net=relay2:587 "
            + "required, *=relay3; the names of TLS policies are disabled, negotiated, required, implicit";
    private static final Pattern HOST = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([\\w.-]+))(?::(\\d{1,5}))?");
    private static final String OTHERS = "*";
    private static final String SUBDOMAINS = "*.";
    private static final int MOST_PORT = 65_535;

    private final PropertyReader reader;
    private final int defaultPort;
    private final OutboundTls defaultTls;
    private final Map<String, List<Destination>> byPattern = new LinkedHashMap<>();

    /** One host of a next hop, and how the connection to it is encrypted. */
    record Destination(String host, int port, OutboundTls tls) {}

    RouteReader(PropertyReader reader, OutboundTls defaultTls) {
        this.reader = reader;
        this.defaultPort = reader.number("port", 1, MOST_PORT);
        this.defaultTls = defaultTls;
    }

    /** Reads; what is wrong is noted as a fault. */
    RouteReader read() {
        List<String> hosts = reader.list("hosts");
        Destination single = new Destination(
                word(reader, "host", reader.value("host")), defaultPort, defaultTls);
        List<Destination> usual = hosts.isEmpty()
                ? List.of(single) : destinations("hosts", reader.value("hosts"), hosts, defaultTls, HOSTS);
        for (String route : reader.value("routes").split(",")) {
            if (!route.isBlank()) {
                addRoute(route.trim());
            }
        }
        byPattern.putIfAbsent(OTHERS, usual);
        return this;
    }

    /** Each way in which connections are encrypted, once. */
    Set<OutboundTls> policies() {
        return byPattern.values().stream().flatMap(List::stream).map(Destination::tls)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(OutboundTls.class)));
    }

    /**
     * The routes, once all is known to be right. The same hosts are the same next hop, whose connections are used for
     * each of its routes.
     *
     * @param terms makes what else is to be known of a host
     */
    Routes routes(Function<Destination, ClientConfig> terms) {
        Map<List<Destination>, NextHop> known = new HashMap<>();
        Map<String, NextHop> hops = new LinkedHashMap<>();
        byPattern.forEach((pattern, hosts) -> hops.put(pattern, known.computeIfAbsent(
                hosts, same -> new NextHop(same.stream().map(terms).toList()))));
        NextHop others = hops.remove(OTHERS);
        return Routes.of(hops, others);
    }

    private void addRoute(String route) {
        int equals = route.indexOf('=');
        Optional<String> pattern = pattern(route.substring(0, Math.max(equals, 0)).trim());
        List<String> words = new ArrayList<>(Arrays.asList(route.substring(equals + 1).trim().split("\\s+")));
        Optional<OutboundTls> tls = Optional.ofNullable(
                OutboundTls.names().get(words.get(words.size() - 1).toLowerCase(Locale.ROOT)));
        if (tls.isPresent()) {
            words.remove(words.size() - 1);
        }
        List<Destination> hosts = pattern.isPresent() && !words.isEmpty()
                ? destinations("routes", route, words, tls.orElse(defaultTls), ROUTES) : List.of();
        if (hosts.isEmpty() || byPattern.put(pattern.get(), hosts) != null) {
            reader.fault("routes", route, ROUTES + "; each domain once", "");
        }
    }

    /** In the form in which domains are compared; nothing for what is none. */
    private static Optional<String> pattern(String text) {
        String prefix = text.startsWith(SUBDOMAINS) ? SUBDOMAINS : "";
        try {
            return Optional.of(text.equals(OTHERS) ? OTHERS
                    : prefix + DomainName.parse(text.substring(prefix.length())).ascii());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<Destination> destinations(
            String property, String value, List<String> words, OutboundTls tls, String allowed) {
        List<Destination> found = new ArrayList<>();
        for (String word : words) {
            Matcher host = HOST.matcher(word);
            int port = host.matches() && host.group(3) != null ? Integer.parseInt(host.group(3)) : defaultPort;
            if (!host.matches() || port < 1 || port > MOST_PORT) {
                return reader.fault(property, value, allowed, List.of());
            }
            found.add(new Destination(host.group(1) == null ? host.group(2) : host.group(1), port, tls));
        }
        return found;
    }

    /** A host name or an address. */
    static String word(PropertyReader reader, String property, String value) {
        return reader.parsed(property, value, "a host name or an address", text -> {
            if (text.isEmpty() || text.length() > 255 || !text.chars().allMatch(c -> c > 32 && c < 127)) {
                throw new IllegalArgumentException("1 to 255 visible ASCII characters");
            }
            return text;
        }, "");
    }
}
