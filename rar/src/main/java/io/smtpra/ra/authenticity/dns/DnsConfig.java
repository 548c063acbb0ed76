package io.smtpra.ra.authenticity.dns;

import io.smtpra.ra.config.PropertyReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.ResolverConfig;

/**
 * Who is asked.
 *
 * @param servers the resolvers, each of which answers for the whole DNS; if there is none, those of the machine
 * @param oneTry how long one of them has for an answer, before the next is asked
 */
public record DnsConfig(List<InetSocketAddress> servers, Duration oneTry) {

    private static final String PROPERTY = "dnsServers";
    private static final int PORT = 53;
    private static final Duration ONE_TRY = Duration.ofSeconds(3);
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::(\\d{1,5}))?");
    private static final Pattern IPV6 =
            Pattern.compile("\\[([0-9a-fA-F:.]+)](?::(\\d{1,5}))?|([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");
    private static final String ALLOWED = "addresses of resolvers, a port behind one where it is not 53: as 192.0.2.53,"
            + " 192.0.2.53:5353, 2001:db8::53, [2001:db8::53]:5353";

    /** Copies the list. */
    public DnsConfig {
        servers = List.copyOf(servers);
    }

    /** With the usual time. */
    public DnsConfig(List<InetSocketAddress> servers) {
        this(servers, ONE_TRY);
    }

    /** Reads the property of an adapter. */
    public static DnsConfig read(PropertyReader reader) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String item : reader.list(PROPERTY)) {
            server(item).or(() -> reader.fault(PROPERTY, item, ALLOWED, Optional.empty()))
                    .ifPresent(servers::add);
        }
        return new DnsConfig(servers);
    }

    /** The resolvers of the property, or else those that the machine is set to. */
    List<InetSocketAddress> resolvers() {
        return servers.isEmpty() ? List.copyOf(ResolverConfig.getCurrentConfig().servers()) : servers;
    }

    /** Never asks the DNS: who would answer? */
    private static Optional<InetSocketAddress> server(String text) {
        Matcher ipv4 = IPV4.matcher(text);
        if (ipv4.matches()) {
            return address(ipv4.group(1), ipv4.group(2));
        }
        Matcher ipv6 = IPV6.matcher(text);
        if (!ipv6.matches()) {
            return Optional.empty();
        }
        return ipv6.group(1) == null ? address(ipv6.group(3), null) : address(ipv6.group(1), ipv6.group(2));
    }

    private static Optional<InetSocketAddress> address(String literal, String port) {
        int number = port == null ? PORT : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(literal), number));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
