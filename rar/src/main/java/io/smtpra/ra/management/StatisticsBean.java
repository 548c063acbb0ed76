package io.smtpra.ra.management;

import io.smtpra.ra.telemetry.Telemetry;
import java.util.Comparator;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanConstructorInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;

/**
 * An adapter's figures in JMX, as {@code io.smtpra:type=Statistics,listener="address:port"}: an attribute each, and the
 * operation {@code clear}.
 */
public final class StatisticsBean implements DynamicMBean {

    private static final String CLEAR = "clear";

    private final Telemetry telemetry;

    /** Shows these figures. */
    public StatisticsBean(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        return Figures.named(name).orElseThrow(() -> new AttributeNotFoundException(name)).value().apply(telemetry);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList values = new AttributeList();
        for (String name : names) {
            Figures.named(name).ifPresent(figure -> values.add(new Attribute(name, figure.value().apply(telemetry))));
        }
        return values;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can only be read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String operation, Object[] parameters, String[] signature) throws ReflectionException {
        if (!operation.equals(CLEAR)) {
            throw new ReflectionException(new NoSuchMethodException(operation));
        }
        telemetry.clear();
        return null;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return new MBeanInfo(StatisticsBean.class.getName(), "What smtp-ra has counted",
                Figures.all().stream().sorted(Comparator.comparing(Figures.Figure::name))
                        .map(figure -> new MBeanAttributeInfo(
                                figure.name(), figure.type().getName(), figure.description(), true, false, false,
                                figure.descriptor()))
                        .toArray(MBeanAttributeInfo[]::new),
                new MBeanConstructorInfo[0],
                new MBeanOperationInfo[] {new MBeanOperationInfo(
                        CLEAR, "Lets the counters begin at zero again", null, "void", MBeanOperationInfo.ACTION)},
                new MBeanNotificationInfo[0]);
    }
}
