package io.smtpra.queue.sending;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A datasource of which one step fails: the n-th connection, statement or commit from now on. */
final class FailingDataSource {

    private final DataSource source;
    private final AtomicInteger left = new AtomicInteger();
    private volatile boolean failed;

    FailingDataSource(DataSource real) {
        this.source = wrap(DataSource.class, real);
    }

    DataSource source() {
        return source;
    }

    void failAt(int step) {
        failed = false;
        left.set(step);
    }

    boolean hasFailed() {
        return failed;
    }

    private <T> T wrap(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if ((name.equals("getConnection") || name.startsWith("execute") || name.equals("commit"))
                && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) == 1) {
            failed = true;
            throw new SQLException("The database fails at " + name);
        }
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof Connection connection) {
                return wrap(Connection.class, connection);
            }
            return result instanceof PreparedStatement statement ? wrap(PreparedStatement.class, statement) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
