package io.smtpra.ra.inbound.listener;

import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.inbound.listener.access.ProxyProtocol;
import io.smtpra.ra.telemetry.Telemetry;
import io.smtpra.ra.tls.Providers;
import io.smtpra.ra.tls.TlsProvider;
import io.smtpra.ra.tls.material.KeyMaterial;
import io.smtpra.ra.tls.server.ServerTls;
import io.smtpra.ra.tls.server.ServerTlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A listener on a free port of the loopback interface, and the protocol behind it. */
final class TestListener implements AutoCloseable {

    final ScriptedProtocol protocol = new ScriptedProtocol();
    final Telemetry telemetry = new Telemetry();
    final ListenerRuntime runtime;
    final SmtpListener listener;
    final InetSocketAddress address;

    private TestListener(Builder builder) throws Exception {
        runtime = new ListenerRuntime(2, builder.limits, builder.handshakeFailures, telemetry);
        Optional<ServerTls> tls = builder.tls
                ? Optional.of(ServerTls.open(Providers.with(
                        builder.provider, ServerTlsConfig.of(new KeyMaterial.SelfSigned("localhost")))))
                : Optional.empty();
        listener = new SmtpListener(new ListenerConfig(builder.implicitTls ? ListenerKind.SUBMISSIONS : ListenerKind.SMTP,
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), builder.implicitTls, builder.timeouts,
                builder.access, builder.proxy, builder.greetingDelay), protocol, tls, runtime);
        address = listener.start();
    }

    static Builder with() {
        return new Builder();
    }

    static TestListener plain() throws Exception {
        return with().start();
    }

    Client connects() throws IOException {
        return new Client(address);
    }

    Client greeted() throws IOException {
        return connects().plays("S: 220 test");
    }

    @Override
    public void close() throws Exception {
        listener.stop(Duration.ZERO).toCompletableFuture().get(10, TimeUnit.SECONDS);
        runtime.close();
    }

    static final class Builder {

        private ConnectionLimits limits = new ConnectionLimits(1000, 1000);
        private int handshakeFailures = 100;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private AccessRules access = AccessRules.EVERYBODY;
        private Optional<ProxyProtocol> proxy = Optional.empty();
        private Duration greetingDelay = Duration.ZERO;
        private TlsProvider provider = TlsProvider.AUTO;
        private boolean tls;
        private boolean implicitTls;

        Builder limits(int total, int perAddress) {
            limits = new ConnectionLimits(total, perAddress);
            return this;
        }

        Builder limits(int total, int perAddress, int banAfter) {
            limits = new ConnectionLimits(total, perAddress, banAfter);
            return this;
        }

        Builder handshakeFailures(int perMinute) {
            handshakeFailures = perMinute;
            return this;
        }

        Builder timeouts(Timeouts value) {
            timeouts = value;
            return this;
        }

        Builder access(AccessRules value) {
            access = value;
            return this;
        }

        Builder proxy(ProxyProtocol value) {
            proxy = Optional.of(value);
            return this;
        }

        Builder greetingDelay(Duration value) {
            greetingDelay = value;
            return this;
        }

        Builder provider(TlsProvider value) {
            provider = value;
            return this;
        }

        Builder tls() {
            tls = true;
            return this;
        }

        Builder implicitTls() {
            implicitTls = true;
            return tls();
        }

        TestListener start() throws Exception {
            return new TestListener(this);
        }
    }
}
