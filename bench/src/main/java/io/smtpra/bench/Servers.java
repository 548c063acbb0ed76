package io.smtpra.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers that the benchmarks start, and what they share. */
final class Servers {

    static final String KEY_STORE_PASSWORD = "benchmark";

    private Servers() {}

    /** WildFly with what lies in its deployments directory, listening for mail on a free port. */
    static ServerProcess wildfly(Path home, Path work, List<String> options) throws Exception {
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
        // In the background the script passes a signal on to the server that it has started.
        return ServerProcess.start(
                List.of(home + "/bin/standalone.sh"),
                Map.of("JAVA_OPTS", String.join(" ", all), "JAVA_HOME", System.getProperty("java.home"),
                        "LAUNCH_JBOSS_IN_BACKGROUND", "true"),
                work.resolve("wildfly.log"), port);
    }

    /** Stock James, on a free port. */
    static ServerProcess james(Path work, Path keyStore) throws Exception {
        int port = freePort();
        return ServerProcess.start(
                List.of(tool("java"), "-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp", System.getProperty("java.class.path"),
                        JamesReference.class.getName(), Integer.toString(port), keyStore.toString()),
                Map.of(), work.resolve("james.log"), port);
    }

    /** A key store with a certificate of RSA 2048, made for this run. */
    static Path keyStore(Path work) throws IOException, InterruptedException {
        Path keyStore = work.resolve("benchmark.p12");
        Files.deleteIfExists(keyStore);
        Process keytool = new ProcessBuilder(
                        tool("keytool"), "-genkeypair", "-alias", "benchmark", "-keyalg", "RSA", "-keysize", "2048",
                        "-dname", "CN=localhost", "-validity", "2", "-storetype", "PKCS12",
                        "-keystore", keyStore.toString(), "-storepass", KEY_STORE_PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        return keyStore;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
