// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sources of a Camel context may read: in a cluster each of them on one instance, the leader in a view of its
 * own. There is a cluster where the context has a {@link CamelClusterService}; without one, every source may read.
 */
public final class ClusterTurns {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterTurns.class);

    private final CamelContext camel;
    private final Map<String, CamelClusterView> views = new ConcurrentHashMap<>();

    private ClusterTurns(CamelContext camel) {
        this.camel = camel;
    }

    /** Those of this context. */
    public static ClusterTurns of(CamelContext camel) {
        return ContextPlugin.of(camel, ClusterTurns.class, () -> new ClusterTurns(camel));
    }

    /**
     * Whether this instance may read. Whoever asks for the first time joins the others, and may do so a little later.
     *
     * @param source names the view, and with it a file
     * @param lost   forgets what is in memory: from now on another instance may change what is on the disk
     */
    public boolean isOurs(String source, Runnable lost) {
        CamelClusterService cluster = camel.hasService(CamelClusterService.class);
        return cluster == null
                || views.computeIfAbsent(source, each -> join(cluster, each, lost)).getLocalMember().isLeader();
    }

    private static CamelClusterView join(CamelClusterService cluster, String source, Runnable lost) {
        try {
            CamelClusterView view = cluster.getView(source);
            AtomicBoolean ours = new AtomicBoolean();
            view.addEventListener((CamelClusterEventListener.Leadership) (changed, leader) -> {
                boolean isOurs = view.getLocalMember().isLeader();
                if (ours.getAndSet(isOurs) && !isOurs) {
                    LOG.info("{}: another instance of the cluster may read now", source);
                    lost.run();
                } else if (isOurs) {
                    LOG.info("{}: this instance of the cluster reads", source);
                }
            });
            return view;
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /** The source is gone from this instance: another one may read at once. */
    public void leave(String source) {
        CamelClusterView view = views.remove(source);
        if (view != null) {
            try {
                view.getClusterService().releaseView(view);
            } catch (Exception e) {
                LOG.warn("{}: cannot release the lock for other instances: {}", source, Exceptions.text(e));
            }
        }
    }
}
