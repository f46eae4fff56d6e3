package mqtt

// This file lets browsers in: MQTT over WebSocket, through the same door as TCP.

import (
	"context"
	"io"
	"net"
	"net/http"

	"github.com/coder/websocket"
)

// subprotocol is MQTT's registered name for WebSocket.
const subprotocol = "mqtt"

// WebSocket returns the handler that takes MQTT over WebSocket, to be mounted at /mqtt on the hub's HTTP port. A page
// of another origin is refused. Anonymous clients must come over loopback and have called the hub by a loopback name:
// a foreign name that resolves to 127.0.0.1 would else open the room to any page.
func (b *Broker) WebSocket() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}})
		if err != nil {
			return // Accept has answered
		}
		if ws.Subprotocol() != subprotocol {
			ws.Close(websocket.StatusPolicyViolation, `ask for the subprotocol "mqtt"`) // it is refused either way
			return
		}
		b.door.serve(wsConn(ws), r.RemoteAddr, loopback(r.RemoteAddr) && loopback(r.Host))
	})
}

// wsSocket is a WebSocket as a net.Conn that closes at once: the closing handshake would keep the broker waiting for
// a browser that is gone.
type wsSocket struct {
	net.Conn
	ws *websocket.Conn
}

func wsConn(ws *websocket.Conn) net.Conn {
	return wsSocket{websocket.NetConn(context.Background(), ws, websocket.MessageBinary), ws}
}

func (s wsSocket) Close() error { return s.ws.CloseNow() }

// dialWS connects to a broker over WebSocket.
func dialWS(ctx context.Context, url string) (net.Conn, error) {
	ws, answer, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: []string{subprotocol}})
	if err != nil {
		if answer != nil && answer.Body != nil {
			io.Copy(io.Discard, io.LimitReader(answer.Body, 4096)) // only to let the connection be reused
		}
		return nil, err
	}
	return wsConn(ws), nil
}
