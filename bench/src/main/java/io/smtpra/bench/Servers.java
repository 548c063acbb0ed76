package io.smtpra.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The servers that the benchmarks start, and what they share. */
public final class Servers {

    static final String KEY_STORE_PASSWORD = "benchmark";

    /** The message of WildFly that all is started and deployed that was there when it was started. */
    private static final String STARTED = "WFLYSRV0025";

    private Servers() {}

    /** WildFly with what lies in its deployments directory, listening for mail on a free port. */
    public static ServerProcess wildfly(Path home, Path work, List<String> options) throws Exception {
        int port = freePort();
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(System.getProperty("bench.server.options", "").split(" ")));
        all.add("-Xmx512m");
        all.add("-Djava.net.preferIPv4Stack=true");
        all.add("-Dsmtpra.smtp.port=" + port);
        all.add("-Dsmtpra.max.transactions.per.session=1000000");
        for (String socket : List.of("management.http", "management.https", "http", "https")) {
            all.add("-Djboss." + socket + ".port=" + freePort());
        }
        Path log = work.resolve("wildfly.log");
        // In the background the script passes a signal on to the server that it has started.
        ServerProcess server = ServerProcess.start(
                List.of(home + "/bin/standalone.sh"),
                Map.of("JAVA_OPTS", String.join(" ", all), "JAVA_HOME", System.getProperty("java.home"),
                        "LAUNCH_JBOSS_IN_BACKGROUND", "true"),
                log, port);
        // The port answers before the beans are there.
        server.awaitLine(log, STARTED);
        return server;
    }

    /** Stock James, on a free port. */
    static ServerProcess james(Path work, Path keyStore) throws Exception {
        return java(JamesReference.class, work.resolve("james.log"), keyStore);
    }

    /** The floor, on a free port. */
    static ServerProcess bare(Path work, Path keyStore) throws Exception {
        return java(BareListener.class, work.resolve("bare.log"), keyStore);
    }

    /** The floor with TLS by BoringSSL, on a free port. */
    static ServerProcess bareOnBoringSsl(Path work, Path keyStore) throws Exception {
        return java(BareListener.class, work.resolve("bare-boringssl.log"), keyStore, "boringssl");
    }

    private static ServerProcess java(Class<?> main, Path log, Path keyStore, String... more) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                tool("java"), "-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp", System.getProperty("java.class.path"),
                main.getName(), Integer.toString(port), keyStore.toString()));
        command.addAll(List.of(more));
        return ServerProcess.start(command, Map.of(), log, port);
    }

    /** A key store with a certificate of RSA 2048, made for this run. */
    static Path keyStore(Path work) throws IOException, InterruptedException {
        return keyStore(work, "RSA", 2048);
    }

    /** A key store with a certificate of some kind, made for this run. */
    static Path keyStore(Path work, String algorithm, int bits) throws IOException, InterruptedException {
        Path keyStore = work.resolve("benchmark-" + algorithm + ".p12");
        Files.deleteIfExists(keyStore);
        Process keytool = new ProcessBuilder(
                        tool("keytool"), "-genkeypair", "-alias", "benchmark", "-keyalg", algorithm,
                        "-keysize", Integer.toString(bits),
                        "-dname", "CN=localhost", "-validity", "2", "-storetype", "PKCS12",
                        "-keystore", keyStore.toString(), "-storepass", KEY_STORE_PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        return keyStore;
    }

    /** The TLS of a server with the certificate of {@link #keyStore}. */
    static SSLContext tls(Path keyStore) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(keyStore).getKeyManagers(), null, null);
        return context;
    }

    /** The keys of {@link #keyStore}. */
    static KeyManagerFactory keys(Path keyStore) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, KEY_STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, KEY_STORE_PASSWORD.toCharArray());
        return factory;
    }

    /** System properties that give the adapter the key of {@link #keyStore}. */
    static List<String> keyStoreOptions(Path keyStore) {
        return List.of("-Dsmtpra.key.store.path=" + keyStore, "-Dsmtpra.key.store.password=" + KEY_STORE_PASSWORD);
    }

    /** A port of the loopback address on which nobody listens now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The value in the middle. */
    public static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
