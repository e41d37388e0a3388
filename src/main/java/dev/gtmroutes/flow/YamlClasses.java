// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.hc.core5.http.io.SocketConfig;

/**
 * Classes that YAML of users may name, and those whose methods their expressions and parameters call, such as
 * {@code soTimeout} of HTTP endpoints. A native image would leave them out. docs/yaml-support.md lists what may be named.
 */
@RegisterForReflection(fields = false, targets = {ArrayList.class, AtomicLong.class, Boolean.class, Collection.class,
        ConnectException.class, Double.class, GroupedBodyAggregationStrategy.class, HashMap.class,
        HttpOperationFailedException.class, IllegalArgumentException.class, IllegalStateException.class, Integer.class,
        IOException.class, JsonProcessingException.class, LinkedHashMap.class, List.class, Long.class, Map.class,
        MemoryIdempotentRepository.class, RuntimeCamelException.class, RuntimeException.class, SocketConfig.Builder.class,
        SocketTimeoutException.class, SSLException.class, String.class, Throwable.class, TimeoutException.class,
        TypeConversionException.class, UnknownHostException.class})
final class YamlClasses {
}
