using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dsl.Runtime;

/// <summary>Loss and speed beside a bar. Drawn from the thread that refreshes the bar.</summary>
internal sealed class MeterColumn(RunMeter meter) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var loss = meter.Loss is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";
        string losses = string.Concat(meter.Losses.Skip(1).Select(other =>
            string.Create(CultureInfo.InvariantCulture, $"  {other.Name} {other.Loss:0.0000}")));
        string accuracy = meter.Accuracy is { } share ? share.ToString("  \\acc 0.0000", CultureInfo.InvariantCulture) : "";
        return new Text(string.Create(
            CultureInfo.InvariantCulture, $"loss {loss,8}{losses}{accuracy}  {meter.StepsPerSecond,6:0} steps/s"));
    }
}
