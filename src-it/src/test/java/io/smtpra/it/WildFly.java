package io.smtpra.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper;
import org.jboss.as.controller.client.helpers.standalone.ServerDeploymentHelper.ServerDeploymentException;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server under test, as its administrator sees it: deployments, system properties, log, and a look into its
 * database. To be registered with {@code @RegisterExtension} in a static field, after Arquillian's extension. What was
 * deployed or set within a test or a class is undone after it, in reverse order.
 */
final class WildFly implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private final ServerLog log = new ServerLog();
    private final List<Runnable> undoAfterClass = new ArrayList<>();
    private final List<Runnable> undoAfterTest = new ArrayList<>();
    private List<Runnable> undo = undoAfterClass;
    private ModelControllerClient management;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        management = ModelControllerClient.Factory.create("remote+http", Ports.LOOPBACK, Ports.MANAGEMENT);
        log.mark();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        undo = undoAfterTest;
        log.mark();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        runAndClear(undoAfterTest);
        undo = undoAfterClass;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        runAndClear(undoAfterClass);
        management.close();
    }

    /** What the server has logged since the test began. */
    ServerLog log() {
        return log;
    }

    /** Deploys an archive under its own name. */
    void deploy(Archive<?> archive) throws ServerDeploymentException {
        try (InputStream octets = archive.as(ZipExporter.class).exportAsInputStream()) {
            new ServerDeploymentHelper(management).deploy(archive.getName(), octets);
            undo.add(() -> undeploy(archive.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deploys an archive that is bad, and returns what the server says to it; the archive is not kept. */
    String deployInVain(Archive<?> archive) {
        try {
            deploy(archive);
        } catch (ServerDeploymentException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("The server took " + archive.getName());
    }

    /** Undeploys an archive; one that is not there is no fault. */
    void undeploy(String name) {
        try {
            new ServerDeploymentHelper(management).undeploy(name);
        } catch (ServerDeploymentException e) {
            if (names().contains(name)) {
                throw new IllegalStateException("Cannot undeploy " + name, e);
            }
        }
    }

    /** The names of what is deployed. */
    List<String> names() {
        return childNames("deployment");
    }

    /**
     * Sets a system property of the server, which deployments resolve; it is removed afterwards. One that the server
     * was started with cannot be set: removed, it would be gone for good.
     */
    void property(String name, String value) {
        if (!childNames("system-property").contains(name) && isSet(name)) {
            throw new IllegalArgumentException("The server was started with " + name);
        }
        remove(name);
        ModelNode add = Operations.createAddOperation(Operations.createAddress("system-property", name));
        add.get("value").set(value);
        execute(add);
        undo.add(() -> remove(name));
    }

    private boolean isSet(String name) {
        ModelNode runtime = Operations.createAddress("core-service", "platform-mbean", "type", "runtime");
        return execute(Operations.createReadAttributeOperation(runtime, "system-properties")).hasDefined(name);
    }

    private void remove(String name) {
        if (childNames("system-property").contains(name)) {
            execute(Operations.createRemoveOperation(Operations.createAddress("system-property", name)));
        }
    }

    /** Runs a script of the server's command line, and another one afterwards. */
    void script(Path script, Path undoing) {
        Cli.run(script);
        undo.add(() -> Cli.run(undoing));
    }

    /** Runs a script in a folder, where it looks for files, and another one afterwards. */
    void script(Path script, Path folder, Path undoing) {
        Cli.run(script, folder);
        undo.add(() -> Cli.run(undoing));
    }

    /** Gives the server a work manager with so many threads, and a bootstrap context of the same name. */
    void workManager(String name, int threads) {
        ModelNode manager = Operations.createAddress("subsystem", "jca", "workmanager", name);
        ModelNode add = Operations.createAddOperation(manager);
        add.get("name").set(name);
        add.get("elytron-enabled").set(true);
        execute(add, Operations.createRemoveOperation(manager));
        for (String kind : List.of("short-running-threads", "long-running-threads")) {
            ModelNode pool = Operations.createAddress("subsystem", "jca", "workmanager", name, kind, name);
            ModelNode addPool = Operations.createAddOperation(pool);
            addPool.get("max-threads").set(threads);
            addPool.get("queue-length").set(1);
            execute(addPool, Operations.createRemoveOperation(pool));
        }
        ModelNode context = Operations.createAddress("subsystem", "jca", "bootstrap-context", name);
        ModelNode addContext = Operations.createAddOperation(context);
        addContext.get("name").set(name);
        addContext.get("workmanager").set(name);
        execute(addContext, Operations.createRemoveOperation(context));
    }

    /** Runs a management operation, and another one afterwards. */
    void execute(ModelNode operation, ModelNode undoing) {
        execute(operation);
        undo.add(() -> execute(undoing));
    }

    /** Runs a management operation. */
    ModelNode execute(ModelNode operation) {
        try {
            ModelNode answer = management.execute(operation);
            if (!Operations.isSuccessfulOutcome(answer)) {
                throw new IllegalStateException(Operations.getFailureDescription(answer).asString());
            }
            return Operations.readResult(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the server start all of its services anew, and waits until it has. */
    void reload() {
        execute(Operations.createOperation("reload"));
        Await.until("the server to be back", () -> {
            try {
                return state().equals("running");
            } catch (UncheckedIOException | IllegalStateException e) {
                return false;
            }
        });
    }

    /** Whether the server is up and answers; what has taken a pool or a work manager away wants it to be reloaded as well. */
    boolean isRunning() {
        return Set.of("running", "reload-required").contains(state());
    }

    /** Whether an earlier test has taken away what the server forgets only when it is reloaded. */
    boolean wantsReload() {
        return state().equals("reload-required");
    }

    private String state() {
        return execute(Operations.createReadAttributeOperation(new ModelNode().setEmptyList(), "server-state")).asString();
    }

    /** Asks the server's default datasource; deploys {@link Archives#look()} for that if need be. */
    List<Map<String, String>> query(String sql) {
        look();
        return query(Ports.HTTP, sql);
    }

    /** Reads an attribute of management beans, or calls an operation of theirs: what came of it, for each bean. */
    List<String> bean(String names, String member) {
        look();
        return request("/look/bean", names + " " + member).lines().toList();
    }

    private void look() {
        if (!names().contains(Archives.LOOK)) {
            try {
                deploy(Archives.look());
            } catch (ServerDeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Asks the default datasource of a server in which {@link Archives#look()} is deployed. */
    static List<Map<String, String>> query(int httpPort, String sql) {
        return rows(httpPort, "/look/sql", sql);
    }

    /** Asks any datasource of a server in which {@link Archives#look()} is deployed. */
    static List<Map<String, String>> query(int httpPort, String datasource, String sql) {
        return rows(httpPort, "/look/sql?datasource=" + datasource, sql);
    }

    private static List<Map<String, String>> rows(int httpPort, String path, String sql) {
        return request(httpPort, path, sql).lines().map(WildFly::row).toList();
    }

    /** Makes a new table, as {@code NAME (COLUMN type, …)}, which is dropped afterwards. */
    void table(String definition) {
        String name = definition.substring(0, definition.indexOf(' '));
        query("drop table if exists " + name);
        query("create table " + definition);
        undo.add(() -> query("drop table " + name));
    }

    /** Takes the tables of the outbound queue away, with all that waits in them. No application may be using them. */
    void dropQueue() {
        for (String table : List.of("version", "route", "mail", "recipient", "content")) {
            query("drop table if exists smtpra_queue_" + table);
        }
    }

    /** Posts a text to a servlet in the server and returns its answer, which must be 200. */
    String request(String path, String body) {
        return request(Ports.HTTP, path, body);
    }

    /** The same to a server with this port. */
    static String request(int httpPort, String path, String body) {
        URI uri = URI.create("http://" + Ports.LOOPBACK + ":" + httpPort + path);
        HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> childNames(String type) {
        ModelNode read = Operations.createOperation("read-children-names");
        read.get("child-type").set(type);
        return execute(read).asList().stream().map(ModelNode::asString).toList();
    }

    private static Map<String, String> row(String line) {
        Map<String, String> row = new HashMap<>();
        for (String field : line.split("&")) {
            String[] parts = field.split("=", 2);
            row.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return row;
    }

    private static void runAndClear(List<Runnable> actions) {
        Collections.reverse(actions);
        actions.forEach(Runnable::run);
        actions.clear();
    }
}
