using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Layers;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>Reads what a stack says about its parameters while the stack is walked: rules at its head, and behind its
/// layers.</summary>
internal sealed class ParameterRules(NetworkProgram network, Findings findings, StackRules rules)
{
    private readonly int _stackStart = network.Parameters.Count;
    private int _elementStart;
    private AttributeDeclaration? _element;

    /// <summary>A layer or a use of a block follows, of which the next rules may speak.</summary>
    public void Begin(AttributeDeclaration element) => (_element, _elementStart) = (element, network.Parameters.Count);

    /// <summary>A rule follows; false, with findings, when it does not fit.</summary>
    public bool Add(AttributeDeclaration declaration)
    {
        if (declaration.Name != nameof(FrozenAttribute))
            return AttributeBinder.Bind<InitAttribute>(declaration, findings) is { } declared
                && Add(new InitRule(declared, findings));
        if (network.Parameters.Count > _stackStart) return true;
        findings.Add(Catalogue.NothingToFreeze, declaration.Site);
        return false;
    }

    /// <summary>The stack is at its end; false, with a finding, when a rule at its head reached nothing.</summary>
    public bool End()
    {
        foreach (var rule in rules.Heads)
            if (!rule.CheckUsed("the stack")) return false;
        return !findings.Any;
    }

    private bool Add(InitRule rule)
    {
        if (!rule.Check()) return false;
        if (_element is not { } element)
        {
            rules.AddHead(rule);
            return true;
        }

        var parameters = network.Parameters;
        if (element.Types.Count == 0) rule.ApplyToLayer(parameters, _elementStart);
        else
            for (int i = _elementStart; i < parameters.Count; i++) parameters[i] = rule.Apply(parameters[i]);
        return rule.CheckUsed(
            element.Types.Count == 1 ? $"Use<{element.Types[0].Name}>" : AttributeBinder.ShortName(element.Name));
    }
}
