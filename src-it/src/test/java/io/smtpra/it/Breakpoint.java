package io.smtpra.it;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.Map;

/** Stops another process at a place in its code, so that it can be killed just there. */
final class Breakpoint {

    private static final long BOUND_MILLIS = 60_000;

    private final VirtualMachine machine;

    private Breakpoint(VirtualMachine machine) {
        this.machine = machine;
    }

    /** At the beginning of a method of a class that the process has loaded already. */
    static Breakpoint at(int port, String className, String method)
            throws IOException, IllegalConnectorArgumentsException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst().orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue(Ports.LOOPBACK);
        arguments.get("port").setValue(Integer.toString(port));
        VirtualMachine machine = connector.attach(arguments);
        BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(
                machine.classesByName(className).get(0).methodsByName(method).get(0).location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
        return new Breakpoint(machine);
    }

    /** Waits until a thread has come to it; that thread stays there. */
    void await() throws InterruptedException, IncompatibleThreadStateException {
        EventSet events = machine.eventQueue().remove(BOUND_MILLIS);
        if (events == null || !(events.iterator().next() instanceof BreakpointEvent reached)
                || reached.thread().frameCount() == 0) {
            throw new AssertionError("No thread has come to the breakpoint: " + events);
        }
    }
}
