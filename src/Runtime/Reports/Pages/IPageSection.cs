using System.Xml.Linq;

namespace Dsl.Runtime;

/// <summary>A part of the page that a trainer writes of a run (<c>WriteHtml</c>).</summary>
public interface IPageSection
{
    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>What stands below the heading, in HTML's elements and pictures in SVG that fit the page's width.</summary>
    /// <param name="number">Which of the page's sections it is, from 1: identifiers that begin with it are no other
    /// section's.</param>
    IEnumerable<XElement> Content(int number);
}
