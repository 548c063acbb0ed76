/**
 * The two interfaces by which IronJacamar, the container for resource adapters in WildFly, asks an adapter for its
 * statistics, so that the adapter loads in a server that does not have them. WildFly's own take their place there.
 */
package org.jboss.jca.core.spi.statistics;
