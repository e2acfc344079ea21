using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

// dotnet run -- --model fruit.onnx   serves what a table's model exported; its columns are the names of the JSON
var app = WebApplication.CreateBuilder(args).Build();
using var session = new InferenceSession(app.Configuration["model"] ?? "model.onnx");
var classes = session.ModelMetadata.CustomMetadataMap.TryGetValue("dsl.classes", out string? names)
    ? JsonSerializer.Deserialize<string[]>(names) : null;

app.MapPost("/predict", (Dictionary<string, JsonElement> row) =>
{
    var columns = new Dictionary<string, JsonElement>(row, StringComparer.OrdinalIgnoreCase);
    string[] strange = [.. columns.Keys.Except(session.InputNames, StringComparer.OrdinalIgnoreCase)];
    if (strange.Length > 0)
        return Results.BadRequest($"no column '{strange[0]}', but {string.Join(", ", session.InputNames)}");
    try
    {
        var inputs = session.InputMetadata.Select(input => Column(input.Key, input.Value, columns.GetValueOrDefault(input.Key)));
        using var outputs = session.Run([.. inputs]);
        return Results.Ok(outputs.ToDictionary(output => output.Name, Answer));
    }
    catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or OnnxRuntimeException)
    {
        return Results.BadRequest(wrong.Message);       // a text for a number, a category that the training has not seen
    }
});
app.Run();

// A column of one row: a number, 1 or 0, or a text; one that is not given is missing.
static NamedOnnxValue Column(string name, NodeMetadata type, JsonElement value) =>
    type.ElementDataType == TensorElementType.String
    ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(
        new[] { value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "" : value.GetString()! }, [1, 1]))
    : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(new[] { value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => double.NaN,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetDouble(),
    } }, [1, 1]));

// The class and what all of them are given, or numbers.
object Answer(DisposableNamedOnnxValue output) => output.Value switch
{
    Tensor<string> label => label.GetValue(0),
    Tensor<float> numbers when classes?.Length == numbers.Length =>
        classes.Zip(numbers).ToDictionary(pair => pair.First, pair => pair.Second),
    Tensor<float> numbers => numbers.ToArray(),
    Tensor<double> numbers => numbers.ToArray(),
    _ => throw new InvalidOperationException($"'{output.Name}' is neither numbers nor texts"),
};
