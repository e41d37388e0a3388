// SPDX-License-Identifier: Apache-2.0
/**
 * A server that stands for the APIs of the vendors: it checks requests, and keeps what it is sent.
 */
package dev.gtmroutes.sandbox;
