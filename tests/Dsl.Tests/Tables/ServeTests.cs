using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dsl.Tests.Samples;
using Xunit;
using Xunit.Abstractions;

namespace Dsl.Tests.Tables;

/// <summary>The web sample serves what the table's sample trained, to a client of its own process, one by one and under
/// load.</summary>
public sealed partial class ServeTests(ITestOutputHelper output)
{
    private const int Clients = 8, RequestsOfEach = 250;

    [Fact]
    public async Task Answers_are_right_under_load_and_wrong_requests_are_refused()
    {
        string folder = Directory.CreateTempSubdirectory("dsl-serve").FullName;
        try
        {
            string file = Path.Combine(folder, "fruit.safetensors");
            SampleProgram.Run("Tables", "train", Path.Combine(SampleTests.Root, "samples", "Tables", "Data", "fruit.csv"), file);
            using var server = SampleProgram.Start("Serve", "--model", file, "--urls", "http://127.0.0.1:0");
            try
            {
                using var client = new HttpClient { BaseAddress = await Address(server) };
                await Check(client);
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Check(HttpClient client)
    {
        var lemon = new { weight = 115, length = 9.2, color = "Yellow", isSmooth = false };
        var unmeasured = new { weight = 150, color = "Red", isSmooth = true };
        var answers = await (await client.PostAsJsonAsync("/predict/many", new object[] { lemon, unmeasured }))
            .Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["lemon", "apple"], answers.EnumerateArray().Select(answer => answer.GetProperty("kind").GetString()!));
        Assert.All(answers.EnumerateArray(), answer => Assert.InRange(answer.GetProperty("probability").GetDouble(), 0.5, 1));

        var refused = await client.PostAsJsonAsync("/predict", new { weight = 115, color = "Blue", isSmooth = false });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        var time = Stopwatch.StartNew();
        string[][] said = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Ask(client, lemon)));
        output.WriteLine($"{Clients * RequestsOfEach / time.Elapsed.TotalSeconds:0} predictions/s by {Clients} clients");
        Assert.Single(said.SelectMany(each => each).Distinct());
        Assert.Contains("\"lemon\"", said[0][0], StringComparison.Ordinal);
    }

    private static async Task<string[]> Ask(HttpClient client, object fruit)
    {
        var said = new string[RequestsOfEach];
        for (int i = 0; i < said.Length; i++)
            said[i] = await (await client.PostAsJsonAsync("/predict", fruit)).EnsureSuccessStatusCode()
                .Content.ReadAsStringAsync();
        return said;
    }

    private static async Task<Uri> Address(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is not { Success: true } found) continue;

            // What nobody reads would stop the server when the pipe is full.
            _ = server.StandardOutput.ReadToEndAsync();
            return new Uri(found.Value);
        }

        throw new InvalidOperationException($"The server ended: {await server.StandardError.ReadToEndAsync()}");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
