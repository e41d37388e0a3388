// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The connections of one vendor API, set up as Camel's HTTP components say. */
final class ApiConnections {

    private ApiConnections() {
    }

    /**
     * @param  camel          its components http and https say how many connections there may be, and what TLS trusts
     * @param  connectTimeout the longest time to wait for a connection
     * @return                to be closed by the client that uses it
     */
    static HttpClientConnectionManager of(CamelContext camel, Duration connectTimeout) {
        HttpComponent plain = camel.getComponent("http", HttpComponent.class);
        HttpComponent secure = camel.getComponent("https", HttpComponent.class);
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> new ApiConnection())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls(camel, secure), secure.getX509HostnameVerifier()))
                .setMaxConnPerRoute(Math.max(plain.getConnectionsPerRoute(), secure.getConnectionsPerRoute()))
                .setMaxConnTotal(Math.max(plain.getMaxTotalConnections(), secure.getMaxTotalConnections()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        // Each time before a request is sent, see ApiConnection.isStale.
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .build();
    }

    private static SSLContext tls(CamelContext camel, HttpComponent secure) {
        SSLContextParameters parameters = secure.getSslContextParameters() != null ? secure.getSslContextParameters()
                : secure.isUseGlobalSslContextParameters() ? camel.getSSLContextParameters() : null;
        try {
            return parameters != null ? parameters.createSSLContext(camel)
                    : secure.isUseSystemProperties() ? SSLContexts.createSystemDefault() : SSLContexts.createDefault();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS cannot be set up as camel.component.https.* says: " + Exceptions.text(e),
                    e);
        }
    }
}
