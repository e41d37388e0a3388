// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

/**
 * What is left of an export that runs here.
 *
 * @param flow      id of its flow
 * @param days      that were planned and are not delivered; a day that is exported by two jobs counts twice
 * @param fragments that are ready at People.ai and not delivered
 */
public record ExportProgress(String flow, long days, long fragments) {
}
