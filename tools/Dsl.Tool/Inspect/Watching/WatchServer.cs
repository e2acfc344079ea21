using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Dsl.Inspect.Watching;

/// <summary>
/// A page on this machine alone, <c>/</c>, and <c>/changes</c>, which tells every open page that there is a newer one
/// (server-sent events).
/// </summary>
internal sealed class WatchServer : IDisposable
{
    public const int DefaultPort = 5230;
    private readonly WatchedProject _project;
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<HttpListenerResponse, bool> _readers = new();

    /// <param name="project">What is shown.</param>
    /// <param name="port">1 to 65,535.</param>
    /// <exception cref="InspectionException">The port is taken, or none.</exception>
    public WatchServer(WatchedProject project, int port)
    {
        if (port is < 1 or > 65_535) throw new InspectionException($"A port is a number from 1 to 65535, not {port}.");
        _project = project;
        Address = $"http://localhost:{port}/";
        _listener.Prefixes.Add(Address);
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException exception)
        {
            throw new InspectionException($"{Address} is taken: choose another port by --port ({exception.Message}).");
        }
    }

    public string Address { get; }

    /// <summary>Answers until it is cancelled.</summary>
    public async Task Serve(CancellationToken cancellation)
    {
        using var end = cancellation.Register(_listener.Stop);
        var following = Follow(cancellation);
        while (!cancellation.IsCancellationRequested)
        {
            HttpListenerContext request;
            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                break;
            }

            await Answer(request);
        }

        await following;
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task Follow(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (!await _project.Follow(cancellation)) continue;
                foreach (var reader in _readers.Keys) await Tell(reader);
            }
        }
        catch (OperationCanceledException)
        {
            foreach (var reader in _readers.Keys) reader.Abort();
        }
    }

    private async Task Answer(HttpListenerContext request)
    {
        var response = request.Response;
        switch (request.Request.Url?.AbsolutePath)
        {
            case "/":
                await Write(response, "text/html; charset=utf-8", Followed(_project.Page));
                break;
            case "/changes":
                response.ContentType = "text/event-stream";
                response.SendChunked = true;
                _readers[response] = true;
                // The first words open the stream in the browser.
                await Send(response, ": open\n\n");
                break;
            default:
                response.StatusCode = (int)HttpStatusCode.NotFound;
                response.Close();
                break;
        }
    }

    private Task Tell(HttpListenerResponse reader) => Send(reader, "data: changed\n\n");

    private async Task Send(HttpListenerResponse reader, string text)
    {
        try
        {
            await reader.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            await reader.OutputStream.FlushAsync();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The page was closed.
            _readers.TryRemove(reader, out _);
        }
    }

    private static async Task Write(HttpListenerResponse response, string type, string text)
    {
        try
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            response.ContentType = type;
            response.Headers["Cache-Control"] = "no-store";
            await response.OutputStream.WriteAsync(bytes);
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException)
        {
            // Nobody reads it any more.
            response.Abort();
        }
    }

    private static string Followed(string page) => page.Replace("</body>", $"<script>{Script.Value}</script></body>",
        StringComparison.Ordinal);

    private static readonly Lazy<string> Script = new(() =>
    {
        using var stream = typeof(WatchServer).Assembly.GetManifestResourceStream("follow.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
