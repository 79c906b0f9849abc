"use strict";
{
  // The socket to the kernel opens while the page's scripts come; client/line.js takes it over.
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const session = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const place = new URL(`${baseUrl}api/kernels/${kernelId}/channels?session_id=${session}`, location.href);
  place.protocol = place.protocol.replace("http", "ws");
  const socket = new WebSocket(place, ["v1.kernel.websocket.jupyter.org"]);
  socket.binaryType = "arraybuffer";
  const heard = [];
  socket.onmessage = ({ data }) => heard.push(data);
  globalThis.pbEarly = { session, socket, heard };
}
