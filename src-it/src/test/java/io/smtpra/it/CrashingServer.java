package io.smtpra.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** A server of its own that can be killed and started again, with a database in a file that outlives it. */
final class CrashingServer implements Closeable {

    private static final Duration START_BOUND = Duration.ofMinutes(3);
    private final Path home;
    private final String name;
    private final Path base;
    private final int managementPort = freePort();
    private final int httpPort = freePort();
    private final int smtpPort = freePort();
    private Process process;

    CrashingServer() throws IOException {
        this("crash");
    }

    /** One of several. */
    CrashingServer(String name) throws IOException {
        this(name, Path.of(System.getProperty("it.wildfly")));
    }

    /** One of another installation. */
    CrashingServer(String name, Path home) throws IOException {
        this.home = home;
        this.name = name;
        this.base = home.resolveSibling(name);
        delete(base);
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        // a scanner of deployments, where the server has one, looks here
        Files.createDirectories(base.resolve("deployments"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        Path xml = configuration.resolve("standalone.xml");
        // as it was provisioned, whatever other tests have left in that server
        Path initial = home.resolve("standalone/configuration/standalone_xml_history/standalone.initial.xml");
        if (Files.exists(initial)) {
            Files.copy(initial, xml, StandardCopyOption.REPLACE_EXISTING);
        }
        // H2 by itself writes half a second after a commit.
        Files.writeString(xml, Files.readString(xml).replaceFirst("<connection-url>[^<]*</connection-url>",
                "<connection-url>jdbc:h2:file:" + base.resolve("mails") + ";WRITE_DELAY=0</connection-url>"));
    }

    int smtpPort() {
        return smtpPort;
    }

    int managementPort() {
        return managementPort;
    }

    int httpPort() {
        return httpPort;
    }

    void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.management.http.port=" + managementPort,
                "-Djboss.http.port=" + httpPort,
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.tx.node.id=" + name,
                "-Dsmtpra.smtp.port=" + smtpPort));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(base.resolve("console.log").toFile()));
        process = builder.start();
        Await.until("the server, see " + base.resolve("console.log"), START_BOUND, this::isRunning);
    }

    /** What the server answers to a management operation. */
    ModelNode ask(ModelNode operation) throws IOException {
        try (ModelControllerClient client = connect()) {
            ModelNode answer = client.execute(operation);
            if (!Operations.isSuccessfulOutcome(answer)) {
                throw new IllegalStateException(Operations.getFailureDescription(answer).asString());
            }
            return Operations.readResult(answer);
        }
    }

    /** Runs a script of the server's command line. */
    void script(Path script) {
        Cli.run(managementPort, script);
    }

    /** A datasource for XA, in a file as well. */
    void xaDatasource(String name, String jndiName) throws IOException {
        Path script = Files.createTempFile(base, "xa", ".cli");
        Files.writeString(script, """
                xa-data-source add --name=%s --jndi-name=%s --driver-name=h2 --user-name=sa --password=sa \
                  --xa-datasource-properties={"URL"=>"jdbc:h2:file:%s;WRITE_DELAY=0"}
                """.formatted(name, jndiName, base.resolve(name)));
        script(script);
    }

    /** What the server has logged. */
    List<String> log() throws IOException {
        return Files.readAllLines(base.resolve("log/server.log"));
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        // The script's child is the server.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(30, TimeUnit.SECONDS);
        Await.until("the server's end", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Ends it as an administrator does, who gives running work time to end. */
    void shutDown() throws IOException, InterruptedException {
        try (ModelControllerClient client = connect()) {
            ModelNode shutdown = Operations.createOperation("shutdown");
            shutdown.get("suspend-timeout").set(20);
            ModelNode answer = client.execute(shutdown);
            if (!Operations.isSuccessfulOutcome(answer)) {
                throw new IllegalStateException(Operations.getFailureDescription(answer).asString());
            }
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server does not end");
        }
    }

    void deploy(Archive<?> archive) throws Exception {
        try (ModelControllerClient client = connect();
                InputStream octets = archive.as(ZipExporter.class).exportAsInputStream()) {
            new ServerDeploymentHelper(client).deploy(archive.getName(), octets);
        }
    }

    void undeploy(String name) throws Exception {
        try (ModelControllerClient client = connect()) {
            new ServerDeploymentHelper(client).undeploy(name);
        }
    }

    List<Map<String, String>> query(String sql) {
        return WildFly.query(httpPort, sql);
    }

    List<Map<String, String>> query(String datasource, String sql) {
        return WildFly.query(httpPort, datasource, sql);
    }

    private boolean isRunning() {
        try (ModelControllerClient client = connect()) {
            ModelNode answer = client.execute(
                    Operations.createReadAttributeOperation(new ModelNode().setEmptyList(), "server-state"));
            return Operations.isSuccessfulOutcome(answer)
                    && Operations.readResult(answer).asString().equals("running");
        } catch (IOException e) {
            return false;
        }
    }

    private ModelControllerClient connect() throws IOException {
        return ModelControllerClient.Factory.create("remote+http", Ports.LOOPBACK, managementPort);
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
