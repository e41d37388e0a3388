// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.gtmroutes.flow.settings.DurationSetting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Watches the connections of the program's ports from the moment when they are accepted, which is long before Quarkus
 * sees a request: heads that do not arrive, clients that do not read, and clients that want all connections for themselves.
 */
@Singleton
public class ConnectionGuard {

    private static final Logger LOG = Logger.getLogger(ConnectionGuard.class);
    /** Before all others: each request takes part. */
    private static final int FIRST = 1000;
    private static final long CHECK_MILLIS = 1000;
    private static final String NAME = "gtm-guard";
    private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Vertx vertx;
    private final Config settings;
    private final OpenConnections connections;
    private final long headNanos;
    private final long leastRate;
    private final int mostOfOne;
    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - TOLD_NANOS);

    ConnectionGuard(Vertx vertx, Config settings, @ConfigProperty(name = "gtm.http.head-time") String headTime,
            @ConfigProperty(name = "gtm.http.download-rate") MemorySize rate,
            @ConfigProperty(name = "gtm.http.connections-per-address") int mostOfOne,
            @ConfigProperty(name = "quarkus.http.limits.max-connections") int most,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false") boolean proxied) {
        this.vertx = vertx;
        this.settings = settings;
        Duration head = DurationSetting.parse("gtm.http.head-time", headTime);
        headNanos = head.toNanos();
        leastRate = rate.asLongValue();
        this.mostOfOne = mostOfOne;
        // All connections of a proxy come from its address.
        connections = new OpenConnections(most, proxied ? most : mostOfOne);
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(CHECK_MILLIS, tick -> {
            try {
                install();
                connections.all().forEach(WatchedConnection::check);
            } catch (Throwable e) {
                // All connections depend on this timer.
                LOG.errorf("Connections could not be watched: %s", e);
            }
        });
    }

    void opened(@ObservesAsync HttpServerStart server) {
        install();
    }

    void register(@Observes Filters filters) {
        filters.register(this::begun, FIRST);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(-FIRST).handler(this::begun);
    }

    /** The head of a request is complete. On the event loop of its connection. */
    private void begun(RoutingContext http) {
        ChannelHandlerContext channel = ((ConnectionBase) http.request().connection()).channelHandlerContext();
        WatchedConnection connection = WatchedConnection.of(channel.channel());
        if (connection != null) {
            connection.begun(http);
        }
        if (http.request().version() != HttpVersion.HTTP_2) {
            OneResponseAtATime.install(channel);
        }
        http.next();
    }

    /** Watches the ports that are open by now. A port is a channel whose messages are the connections that it accepts. */
    private void install() {
        for (EventExecutor each : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            if (each instanceof SingleThreadEventLoop loop) {
                loop.execute(() -> {
                    for (Iterator<Channel> ports = loop.registeredChannelsIterator(); ports.hasNext();) {
                        watch(ports.next());
                    }
                });
            }
        }
    }

    private void watch(Channel port) {
        if (!(port instanceof ServerChannel) || port.pipeline().get(NAME) != null) {
            return;
        }
        int number = number(port.localAddress());
        boolean isPublic = ports("quarkus.http.port", "quarkus.http.ssl-port").contains(number);
        if (isPublic || ports("quarkus.management.port").contains(number)) {
            port.pipeline().addFirst(NAME, new Acceptor(isPublic));
        }
    }

    private static int number(SocketAddress address) {
        return address instanceof InetSocketAddress there ? there.getPort() : -1;
    }

    private Set<Integer> ports(String... names) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            settings.getOptionalValue(name, Integer.class).ifPresent(numbers::add);
        }
        return numbers;
    }

    /** Once a minute: a person whose clients share one address has to learn why their connections end. */
    private void refused(SocketAddress address) {
        long now = System.nanoTime();
        long before = toldNanos.get();
        if (now - before >= TOLD_NANOS && toldNanos.compareAndSet(before, now)) {
            LOG.warnf("Connections from %s were closed at once: it has gtm.http.connections-per-address=%d connections. If "
                    + "many clients share this address, increase the setting",
                    address instanceof InetSocketAddress there ? there.getHostString() : "one address", mostOfOne);
        }
    }

    private final class Acceptor extends ChannelInboundHandlerAdapter {

        private final boolean isPublic;

        private Acceptor(boolean isPublic) {
            this.isPublic = isPublic;
        }

        @Override
        public void channelRead(ChannelHandlerContext port, Object accepted) {
            Channel channel = (Channel) accepted;
            WatchedConnection connection = new WatchedConnection(channel, headNanos, leastRate);
            channel.pipeline().addFirst(NAME, connection);
            if (connections.add(connection, isPublic)) {
                channel.closeFuture().addListener(closed -> connections.remove(connection));
                port.fireChannelRead(accepted);
            } else {
                channel.unsafe().closeForcibly();
                refused(channel.remoteAddress());
            }
        }
    }
}
