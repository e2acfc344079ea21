using System.Text.Json.Serialization;
using Dsl;

// Serves what samples/Tables trains: dotnet run --project samples/Serve -- --model fruit.safetensors
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Default));
var app = builder.Build();
using var net = FruitNet.Load(app.Configuration["model"] ?? "fruit.safetensors");

app.MapPost("/predict", (Fruit fruit) => Answer.Of(net.Predict(fruit)));
app.MapPost("/predict/many", (Fruit[] fruits) => net.Predict(fruits).Select(Answer.Of).ToArray());
app.Run();

public enum Color { Red, Green, Yellow }

[Table(Missing = ["?"]), Standardize, Impute(Statistic.Median)]
public partial record Fruit(
    float Weight, float? Length, Color Color, bool IsSmooth, [Label("apple", "pear", "lemon")] string? Kind = null);

[Model<Fruit>, Linear(16), ReLU, Linear]
public partial class FruitNet;

public record Answer(string Kind, double Probability)
{
    public static Answer Of(Dsl.Runtime.ClassPrediction<string> prediction) => new(prediction.Class, prediction.Probability);
}

[JsonSerializable(typeof(Fruit[]))]
[JsonSerializable(typeof(Answer[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal partial class Json : JsonSerializerContext;
