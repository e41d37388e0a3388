// SPDX-License-Identifier: Apache-2.0
/**
 * Records from Kafka topics. Plain Java, Camel API, Jackson and Kafka's client library, so that it serves any Camel
 * runtime.
 */
package dev.gtmroutes.kafka;
