/**
 * BoringSSL, through Netty's native library, shared by all adapters of one JVM. Its code must not be unmapped: a
 * thread that has called it ends in it, as it leaves something behind for each thread. But the JVM unmaps a
 * library with the class loader that has loaded it, which for an adapter is when it is undeployed, while the
 * server's threads live on. So the library is loaded once, by a class loader that stays: {@code SharedLibrary} and
 * {@code SharedContext} live in there, with a copy of Netty's TLS, and {@code OpenSslLibrary} and {@code
 * OpenSslContext} in each adapter talk to them by types of the JDK alone.
 *
 * <p>May use {@code .tls}. Knows Netty's TLS; never the other rooms of {@code .tls}.
 */
package io.smtpra.ra.tls.openssl;
