using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dsl.Runtime;

/// <summary>Epoch, losses, validation and speed beside a bar: as much of it as the console has room for. Drawn from the thread
/// that refreshes the bar.</summary>
/// <param name="meter">The run.</param>
/// <param name="beside">Columns that the rest of the line needs.</param>
internal sealed class MeterColumn(RunMeter meter, int beside) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(Line(meter, options.ConsoleSize.Width - beside));

    /// <summary>What there is to say, the most important first, as far as it fits.</summary>
    internal static string Line(RunMeter meter, int room)
    {
        string loss = meter.Loss is { } value ? Number(value) : "-";
        List<(int Place, string Text)> parts =
        [
            (1, $"loss {loss}"),
            (0, string.Create(CultureInfo.InvariantCulture, $"epoch {meter.Epoch}/{meter.TotalEpochs}")),
            .. meter.Validation.Count == 0 ? [] : new[] { (4, "val " + string.Join(" ", meter.Validation.Take(2).Select(Text))) },
            .. meter.Accuracy is { } share ? [(3, $"acc {Number(share)}")] : Array.Empty<(int, string)>(),
            (5, string.Create(CultureInfo.InvariantCulture, $"{meter.StepsPerSecond:0} steps/s")),
            .. meter.Losses.Count == 0 ? [] : new[] { (2, string.Join(" ", meter.Losses.Select(Text))) },
        ];
        var shown = new List<(int Place, string Text)>();
        int used = 0;
        foreach (var part in parts)
        {
            int needed = part.Text.Length + (shown.Count == 0 ? 0 : 2);
            if (shown.Count > 0 && used + needed > room) continue;
            shown.Add(part);
            used += needed;
        }

        return string.Join("  ", shown.OrderBy(part => part.Place).Select(part => part.Text));
    }

    private static string Text((string Name, double Value) number) =>
        $"{EvaluationText.Words(number.Name)} {Number(number.Value)}";

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
