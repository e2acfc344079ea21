using Digits;
using Dsl.Runtime;
using Search;

// Learns an embedding of digits, and answers which pictures are most like one: dotnet run --project samples/Search
var (gallery, asked) = HandwrittenDigits.LoadSplit(seed: 0);
using var embedder = new Embedder();
using (var trainer = new EmbedderTrainer(embedder))
{
    Console.WriteLine($"random weights: {trainer.Evaluate(asked)}");
    ConsoleProgress.Run("embedding", progress => trainer.Fit(gallery, progress));
    Console.WriteLine($"trained: {trainer.Evaluate(asked)}");
}

using var index = new PictureIndex(embedder, gallery);
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Default));
var app = builder.Build();

// The page asks with the pictures that training did not see; anybody else posts 64 numbers in [0, 1], row by row.
app.MapGet("/", (int? first) => Results.Content(ResultPage.Of(index, asked, first ?? 0), "text/html"));
app.MapGet("/gallery/{place:long}.png", (long place) => Picture(gallery, place));
app.MapGet("/asked/{place:long}.png", (long place) => Picture(asked, place));
app.MapPost("/search", (float[] pixels, int? k) => pixels.Length != 64
    ? Results.BadRequest($"A picture has 8 x 8 = 64 numbers, not {pixels.Length}.")
    : k is < 1 or > 50 ? Results.BadRequest($"k is {k}, and lies in 1, ..., 50.")
    : Results.Ok(index.Find(TorchSharp.torch.tensor(pixels).reshape(1, 1, 8, 8), k ?? 8)[0]));
app.Run();

static IResult Picture(InMemoryData data, long place) =>
    place < 0 || place >= data.Count ? Results.NotFound() : Results.File(PictureFile.Png(data.Inputs[place]), "image/png");
